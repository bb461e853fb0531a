"""The reference validator of PDF/A and PDF/UA, veraPDF, as a process that answers file by file."""
