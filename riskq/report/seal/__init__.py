"""The seal on a report: the key that makes it, sealing, and what can be seen of a seal.

Keys and the library that signs (50 MB) live in processes of their own: no page worker, and no
process that reads a document from outside, ever holds the key.
"""
