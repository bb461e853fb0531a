"""The line to the mail server: opened, used for letters one after the other, and why it fails.

Whether it is worth trying again is the server's word: 4xx is "not now", 5xx is "no" (RFC 5321).
"""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from types import TracebackType

from riskq.mail_settings import MailSettings
from riskq.services.letters.sealing import Letter

__all__ = ["Line", "SendError", "message_of", "try_line"]


class SendError(Exception):
    """A letter was not sent; ``reason`` is a word of ours, ``is_final`` that trying is in vain.

    ``reason`` is "address" (nobody there takes it), "refused" (the server does not), "login",
    "tls", "connection" or "unreadable" (the secret of the service was changed).
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        self.reason, self.is_final = reason, is_final
        super().__init__(reason)


def message_of(letter: Letter, settings: MailSettings, at: datetime) -> EmailMessage:
    """The letter as it is sent; raises ``SendError`` if no header can hold what is in it."""
    message = EmailMessage(policy=SMTP)
    domain = settings.sender.rpartition("@")[2]
    try:
        message["From"] = Address(settings.sender_name, addr_spec=settings.sender)
        message["To"] = Address(addr_spec=letter.to)
        if letter.answer_to:
            message["Reply-To"] = Address(addr_spec=letter.answer_to)
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = format_datetime(at)
        message["Message-ID"] = make_msgid(domain=domain)
        message.set_content(letter.text)
    except (ValueError, IndexError, LookupError) as error:
        raise SendError("address", is_final=True) from error
    return message


def try_line(settings: MailSettings) -> None:
    """Open a line, log in, and hang up; raises ``SendError``."""
    with Line(settings) as line:
        line.open()


class Line:
    """A line that is opened when the first letter goes out, and again after an error."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> Line:
        """Use the line for some letters."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        del kind, error, trace
        self._hang_up()

    def open(self) -> smtplib.SMTP:
        """Open the line if it is not; raises ``SendError``."""
        if self._client is None:
            try:
                self._client = _open(self._settings)
            except (smtplib.SMTPException, OSError, ValueError) as error:
                raise _reason(error) from error
        return self._client

    def send(self, letter: Letter, at: datetime) -> None:
        """Send a letter; raises ``SendError``."""
        message = message_of(letter, self._settings, at)
        client = self.open()
        try:
            client.send_message(message, self._settings.sender, [letter.to])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._hang_up()
            raise _reason(error) from error

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except (smtplib.SMTPException, OSError):
                client.close()


def _open(settings: MailSettings) -> smtplib.SMTP:
    domain = settings.sender.rpartition("@")[2]
    where = (settings.host, settings.port, domain)
    context = ssl.create_default_context()
    client: smtplib.SMTP
    if settings.kind == "smtps":
        client = smtplib.SMTP_SSL(*where, timeout=settings.seconds, context=context)
    else:
        client = smtplib.SMTP(*where, timeout=settings.seconds)
    try:
        if settings.kind == "smtp+tls":
            _encrypt(client, context)
        if settings.user:
            _log_in(client, settings)
    except BaseException:
        client.close()
        raise
    return client


def _encrypt(client: smtplib.SMTP, context: ssl.SSLContext) -> None:
    try:
        client.starttls(context=context)
    except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException) as error:
        raise ssl.SSLError("The server does not encrypt.") from error


def _log_in(client: smtplib.SMTP, settings: MailSettings) -> None:
    try:
        client.login(settings.user, settings.password)
    except smtplib.SMTPNotSupportedError as error:
        raise smtplib.SMTPAuthenticationError(535, "The server asks nobody.") from error


def _reason(error: Exception) -> SendError:
    """Why a letter was not sent, in a word of ours; servers may quote addresses in theirs."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((code for code, _ in error.recipients.values()), default=0)
        return SendError("address", is_final=True) if code >= 500 else SendError("refused")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return SendError("login")
    if isinstance(error, smtplib.SMTPNotSupportedError | ValueError) and not isinstance(
        error, ssl.SSLError
    ):
        return SendError("address", is_final=True)
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return SendError("connection")
    if isinstance(error, smtplib.SMTPResponseException):
        return SendError("refused", is_final=error.smtp_code >= 500)
    return SendError("tls" if isinstance(error, ssl.SSLError) else "connection")
