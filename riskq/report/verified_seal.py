"""The facts about the seal of a file in words: unaltered, by whom, was something added?"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from riskq.clock import local_time
from riskq.i18n import Words, words, write_day
from riskq.report.seal.facts import Seal
from riskq.report.verified import Verified
from riskq.report.verified_views import Mark, SeenFact
from riskq.report.views import DOMAIN

__all__ = ["SealTeller", "Teller"]


class Teller(Struct, frozen=True):
    """Words for what was found out, in one language."""

    verified: Verified
    language: str

    @property
    def say(self) -> Words:
        """The interface's words."""
        return words(self.language, DOMAIN)

    def day(self, day: date) -> str:
        """Write a day in full."""
        return write_day(day, self.language)

    def moment(self, moment: datetime) -> str:
        """Write a moment to the second, by the clocks of Kazakhstan."""
        local = local_time(moment)
        return f"{self.day(local.date())}, {local:%H:%M:%S} (UTC+5)"


class SealTeller(Teller, frozen=True):
    """The facts about the seal."""

    def unaltered(self) -> SeenFact:
        """Whether the file is what was sealed."""
        say, verified = self.say, self.verified
        title = say("Unaltered since it was sealed")
        seals = verified.inspection.seals
        if not seals:
            return SeenFact("bytes", title, Mark.OPEN, say("The file has no seal."))
        if len(seals) > 1:
            text = say("The file has several seals; reports have one.")
            return SeenFact("bytes", title, Mark.BAD, text)
        if verified.is_unaltered:
            return SeenFact(
                "bytes", title, Mark.GOOD, say("Yes: not a single byte is another than it was.")
            )
        if seals[0].is_intact:
            text = say("What was sealed is as it was, but the file is not only that.")
            return SeenFact("bytes", title, Mark.BAD, text)
        text = say("No: the file was changed, or saved anew, after it was sealed.")
        return SeenFact("bytes", title, Mark.BAD, text)

    def sealer(self) -> SeenFact:
        """Who sealed it, and what that proves."""
        say, seal = self.say, self.verified.seal
        title = say("Who sealed it")
        if seal is None:
            return SeenFact("sealer", title, Mark.OPEN, say("Nobody can be named."))
        told = {
            "own": (Mark.GOOD, say("This service.")),
            "known": (
                Mark.GOOD,
                say("“%(name)s”, whose certificate is known here.", name=seal.signer),
            ),
        }
        mark, text = told.get(seal.trust) or (Mark.OPEN, self._unknown_sealer(seal))
        if not seal.is_intact:
            mark, text = Mark.BAD, say("The seal does not belong to what is in the file now.")
        return SeenFact("sealer", title, mark, text, tuple(self._about_seal(seal)))

    def _unknown_sealer(self, seal: Seal) -> str:
        say = self.say
        text = say("“%(name)s”, by a certificate that is not known here.", name=seal.signer)
        if seal.is_self_made:
            text += " " + say(
                "It is self-made, and anybody can make one with any name: ask the sender by another"
                " way for its fingerprint, and compare."
            )
        return text

    def _about_seal(self, seal: Seal) -> list[str]:
        say, about = self.say, []
        if seal.stamped_at:
            about.append(
                say(
                    "Sealed %(moment)s, as the time-stamp authority “%(name)s” confirms.",
                    moment=self.moment(seal.stamped_at),
                    name=seal.stamped_by,
                )
            )
        elif seal.claimed_at:
            moment = self.moment(seal.claimed_at)
            about.append(say("Sealed %(moment)s, by the sealer's own clock.", moment=moment))
        groups = [seal.fingerprint[place : place + 8] for place in range(0, 64, 8)]
        digits = " ".join(groups)
        about.append(say("Fingerprint of the certificate (SHA-256): %(digits)s", digits=digits))
        about.append(
            say(
                "A seal proves that the file is as the holder of the key made it. It does not prove"
                " that the answers are true."
            )
        )
        return about

    def additions(self) -> SeenFact:
        """Whether anything stands in the file that was not sealed."""
        say, inspection = self.say, self.verified.inspection
        title = say("Nothing was added")
        others = [name for name in inspection.files if name != "assessment.json"]
        if others:
            text = say("Other files are inside: %(names)s.", names=", ".join(others))
            return SeenFact("additions", title, Mark.BAD, text)
        seal = self.verified.seal
        if seal is None:
            return SeenFact("additions", title, Mark.OPEN, say("Without a seal it cannot be told."))
        if seal.added > 0:
            text = self.say.plural(
                "%(num)s byte was added after the seal.",
                "%(num)s bytes were added after the seal.",
                seal.added,
            )
            return SeenFact("additions", title, Mark.BAD, text)
        if not seal.is_unaltered:
            text = say("The file was changed, so that it cannot be told.")
            return SeenFact("additions", title, Mark.OPEN, text)
        return SeenFact(
            "additions", title, Mark.GOOD, say("Nothing stands in the file after the seal.")
        )
