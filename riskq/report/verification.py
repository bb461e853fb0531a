"""What was found out about a report that somebody received, as separate facts in plain words.

Each fact stands for itself: bytes may be unaltered and the sealer unknown, a conclusion may follow
from its answers in a file without any seal. One sentence above them says what they come to.
"""

from __future__ import annotations

from riskq.report.attached import evidence_views
from riskq.report.scales import scale_views
from riskq.report.verified import Agreement, Verified
from riskq.report.verified_seal import SealTeller
from riskq.report.verified_views import LevelNow, Mark, SeenFact, VerifiedView

__all__ = ["compose_issued", "compose_verification"]


_AGREEMENT_MARKS = {
    Agreement.SAME: Mark.GOOD,
    Agreement.DIFFERS: Mark.BAD,
    Agreement.OTHER_EDITION: Mark.OPEN,
    Agreement.UNKNOWN_EDITION: Mark.OPEN,
    Agreement.UNUSABLE: Mark.BAD,
    Agreement.NO_DATA: Mark.BAD,
}


def compose_verification(verified: Verified, language: str) -> VerifiedView:
    """The facts in words, and one sentence that says what they come to."""
    told = _Teller(verified, language)
    refusal = told.refusal()
    if refusal:
        return VerifiedView(language, Mark.BAD, refusal, (), "", "", (), (), ())
    mark, verdict = told.verdict()
    then = verified.then
    return VerifiedView(
        language=language,
        mark=mark,
        verdict=verdict,
        facts=(
            told.unaltered(),
            told.sealer(),
            told.conclusion(),
            told.edition(),
            told.additions(),
        ),
        system=then.counted_text("system-name") if then else "",
        organisation=then.counted_text("organisation") if then else "",
        particulars=told.particulars(),
        scales=scale_views(then) if then else (),
        changed=told.changed(),
        evidence=evidence_views(then, verified.files) if then and not verified.is_bad else (),
    )


def compose_issued(verified: Verified, language: str) -> VerifiedView:
    """What the service knows of a document that it issued, for whoever holds the paper alone."""
    told = _Teller(verified, language)
    then, say = verified.then, told.say
    verdict = say("This service issued a document of this number. Compare what follows with it.")
    return VerifiedView(
        language=language,
        mark=Mark.GOOD,
        verdict=verdict,
        facts=(told.edition(),),
        system=then.counted_text("system-name") if then else "",
        organisation=then.counted_text("organisation") if then else "",
        particulars=told.particulars(),
        scales=scale_views(then) if then else (),
        changed=told.changed(),
        evidence=evidence_views(then, verified.files) if then else (),
    )


class _Teller(SealTeller, frozen=True):
    """The facts about the seal, and those about the answers and the conclusion."""

    def refusal(self) -> str:
        """Why nothing can be said of the file, if that is so."""
        say = self.say
        texts = {
            "no-pdf": say("This is no PDF. Give the file as you received it."),
            "too-large": say("The file is far larger than any report, and was not looked into."),
            "encrypted": say("The file is encrypted. Reports never are: ask for the original."),
            "damaged": say("The file is damaged or cut off. Ask for it again."),
            "too-heavy": say(
                "Looking into the file took too much time or memory, so it is no report of riskq."
            ),
        }
        return texts.get(self.verified.inspection.refusal or "", "")

    def verdict(self) -> tuple[Mark, str]:
        say, verified = self.say, self.verified
        if verified.agreement is Agreement.NO_DATA:
            return Mark.BAD, say("This PDF is no report of riskq, or its data were taken out.")
        if verified.is_bad:
            return Mark.BAD, say("Do not rely on this file.")
        if verified.agreement is not Agreement.SAME:
            return Mark.OPEN, say("The conclusion could not be judged again here.")
        if verified.is_trusted:
            return Mark.GOOD, say("Genuine, and the conclusion follows from the answers.")
        if verified.is_unaltered:
            return Mark.OPEN, say(
                "Unaltered, and the conclusion follows from the answers. Who sealed it is not known"
                " here."
            )
        return Mark.OPEN, say(
            "The conclusion follows from the answers inside. Without a seal nothing tells who made"
            " the file, and whether it was changed."
        )

    def conclusion(self) -> SeenFact:
        """Whether the answers inside give the conclusion inside."""
        mark, text = self._agreement()
        more = self._printed() if mark is Mark.GOOD else ()
        if mark is Mark.GOOD and self.verified.is_bad:
            mark = Mark.OPEN
        return SeenFact("conclusion", self.say("The answers give the conclusion"), mark, text, more)

    def _agreement(self) -> tuple[Mark, str]:
        say, verified = self.say, self.verified
        day = self.day(verified.edition) if verified.edition else ""
        texts = {
            Agreement.SAME: say(
                "Yes: judged again by the edition of %(day)s, the answers inside give exactly the"
                " conclusion inside.",
                day=day,
            ),
            Agreement.DIFFERS: say(
                "No: judged again by the edition of %(day)s, the answers inside give another"
                " conclusion than the file says. Below stands what they give.",
                day=day,
            ),
            Agreement.OTHER_EDITION: say(
                "The edition of %(day)s that is here is not the one that judged (its digest is"
                " another).",
                day=day,
            ),
            Agreement.UNKNOWN_EDITION: say("The questionnaire or its edition is not known here."),
            Agreement.UNUSABLE: say("The data inside cannot be read."),
            Agreement.NO_DATA: say("There are no data inside."),
        }
        return _AGREEMENT_MARKS[verified.agreement], texts[verified.agreement]

    def _printed(self) -> tuple[str, ...]:
        say = self.say
        if self.verified.is_bad:
            return (say("The file was changed, so that the answers may have been changed too."),)
        if self.verified.is_printed_so:
            return (say("The pages are exactly those that riskq makes of these data."),)
        if self.verified.is_trusted:
            return (say("The seal covers the pages and the data together."),)
        return (
            say(
                "Whether the pages say the same as the data could not be proved here: compare them"
                " with the conclusion below."
            ),
        )

    def edition(self) -> SeenFact:
        say, verified = self.say, self.verified
        title = say("The edition is in force")
        if verified.then is None or verified.edition is None:
            return SeenFact("edition", title, Mark.OPEN, say("It cannot be told."))
        if verified.now is None:
            text = say("Yes: the edition of %(day)s.", day=self.day(verified.edition))
            return SeenFact("edition", title, Mark.GOOD, text)
        day = self.day(verified.now.questionnaire.edition)
        text = say("No: since %(day)s a newer edition is in force.", day=day)
        same = say("By it the same answers give the same levels.")
        other = say("By it the same answers give other levels; they stand below.")
        more = other if self.changed() else same
        return SeenFact("edition", title, Mark.OPEN, text, (more,))

    def changed(self) -> tuple[LevelNow, ...]:
        """The scales that the edition in force puts elsewhere."""
        then, now = self.verified.then, self.verified.now
        if then is None or now is None:
            return ()
        before = {view.id: view for view in scale_views(then)}
        return tuple(
            LevelNow(view.title, before[view.id].state_text, view.state_text)
            for view in scale_views(now)
            if view.id in before and view.state_text != before[view.id].state_text
        )

    def particulars(self) -> tuple[tuple[str, str], ...]:
        say, verified = self.say, self.verified
        then = verified.then
        rows = [(say("Document number"), verified.number)]
        if then is not None:
            rows.append((say("Assessed as of"), self.day(then.on)))
        if verified.submitted_at is not None:
            rows.append((say("Submitted"), self.moment(verified.submitted_at)))
        # Anybody can write any name: only the seal tells who made a file.
        rows.append((say("Issued under the name, as the file itself says"), verified.brand))
        return tuple(row for row in rows if row[1])
