"""Documents like the reports that riskq hands over, in three languages."""

from dataclasses import dataclass
from datetime import UTC, datetime

from riskq.report import RenderJob

CREATED = datetime(2026, 11, 3, 10, 30, tzinfo=UTC)
IDENTIFIER = bytes(range(16))
ALPHABET = "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя"


@dataclass(frozen=True)
class Wording:
    """The words of one language for the sample document."""

    title: str
    kind: str
    contents: str
    parts: tuple[str, str, str, str]
    particulars: tuple[tuple[str, str], ...]
    verdict: str
    reason: str
    columns: tuple[str, str]
    question: str
    yes: str
    duty: str
    sign: tuple[str, str, str]
    scale: str


WORDINGS = {
    "kk": Wording(
        "Жасанды интеллект жүйесінің тәуекел дәрежесі туралы есеп",
        "Өзін-өзі бағалау",
        "Мазмұны",
        ("Қорытынды", "Негіздер", "Міндеттер", "Жауаптар"),
        (("Жүйе", "«Өріс» қарыз алушыны бағалау жүйесі"), ("Иесі", "«Ұшқын» ЖШС, Алматы қаласы")),
        "Жүйенің тәуекел дәрежесі жоғары",
        "Жүйенің шешімі адамның құқықтары мен заңды мүдделеріне әсер етеді",
        ("Сұрақ", "Жауап"),
        "Жүйе адамның қатысуынсыз шешім қабылдай ма және бұл шешімге шағымдануға бола ма?",
        "Иә",
        "Тәуекелдерді басқару құжаттарын жүргізу және оларды үш жыл сақтау",
        ("Аты-жөні", "Күні", "Қолы"),
        "Тәуекел дәрежесі: жоғары, үш дәреженің үшіншісі",
    ),
    "ru": Wording(
        "Отчёт о степени риска системы искусственного интеллекта",
        "Самооценка",
        "Содержание",
        ("Вывод", "Основания", "Обязанности", "Ответы"),
        (("Система", "Система оценки заёмщика «Өріс»"), ("Владелец", "ТОО «Ұшқын», г. Алматы")),
        "Степень риска системы высокая",
        "Решение системы затрагивает права и законные интересы человека",
        ("Вопрос", "Ответ"),
        "Принимает ли система решение без участия человека и можно ли это решение обжаловать?",
        "Да",
        "Вести документацию по управлению рисками и хранить её три года",
        ("Имя", "Дата", "Подпись"),
        "Степень риска: высокая, третья из трёх",
    ),
    "en": Wording(
        "Report on the degree of risk of an AI system",
        "Self-assessment",
        "Contents",
        ("Conclusion", "Reasons", "Duties", "Answers"),
        (("System", "Borrower scoring system “Өріс”"), ("Owner", "Ұшқын LLP, Almaty")),
        "The degree of risk of the system is high",
        "The decision of the system touches the rights and lawful interests of people",
        ("Question", "Answer"),
        "Does the system decide without a person taking part, and can the decision be appealed?",
        "Yes",
        "Keep risk management documents, and store them for three years",
        ("Name", "Date", "Signature"),
        "Degree of risk: high, the third of three",
    ),
}


def make_job(html: str, title: str = "Есеп", language: str = "kk") -> RenderJob:
    """A job for the HTML, with the identifier and the date that all samples have."""
    return RenderJob(html, title, language, IDENTIFIER, CREATED)


def wrap(body: str, language: str = "kk") -> str:
    """A whole document with this body."""
    return f'<!DOCTYPE html><html lang="{language}"><body>{body}</body></html>'


def sample_job(language: str, answers: int = 30) -> RenderJob:
    """A report of about four pages with headings, tables, lists, a drawing, links and contents."""
    words = WORDINGS[language]
    parts = (_conclusion(words), _reasons(words), _duties(words), _answers(words, answers))
    sections = "".join(
        f'<section><h2 id="part-{number}">{name}</h2>{content}</section>'
        for number, (name, content) in enumerate(zip(words.parts, parts, strict=True), 1)
    )
    body = f'{_head(words)}<main class="numbered">{sections}</main>'
    return make_job(wrap(body, language), words.title, language)


def _head(words: Wording) -> str:
    rows = "".join(f'<tr><th scope="row">{a}</th><td>{b}</td></tr>' for a, b in words.particulars)
    entries = "".join(
        f'<li><a href="#part-{number}">{name}</a></li>'
        for number, name in enumerate(words.parts, 1)
    )
    return (
        f'<header class="masthead"><p class="document-kind">{words.kind}</p>'
        f'<h1 class="document-title">{words.title}</h1>'
        f'<p class="document-number">KZ-AI-2026-0042</p></header>'
        f'<table class="particulars"><tbody>{rows}</tbody></table>'
        f'<nav class="contents numbered"><h2>{words.contents}</h2><ol>{entries}</ol></nav>'
    )


def _conclusion(words: Wording) -> str:
    return (
        f'<div class="verdict"><p class="verdict-word">{words.verdict}</p>'
        f"<p>{words.reason}.</p></div>"
        f'<figure class="scale">{_draw_scale(words.scale)}</figure>'
        f"<p>{words.question} {words.duty}. <em>{words.reason}.</em></p>"
        f'<div class="note open"><p><strong>{words.duty}.</strong> {words.question}</p></div>'
    )


def _draw_scale(title: str) -> str:
    boxes = "".join(
        f'<rect x="{x}" y="14" width="150" height="16" fill="{fill}" stroke="#16242b"/>'
        for x, fill in ((1, "#ffffff"), (151, "#c5cccc"), (301, "#0b5563"))
    )
    return (
        f'<svg role="img" viewBox="0 0 460 50" width="460" height="50">'
        f"<title>{title}</title>{boxes}"
        f'<path d="M376 12 l-6 -10 h12 z" fill="#16242b"/>'
        f'<text x="301" y="46" font-size="11" font-family="Noto Sans">{ALPHABET[:24]}</text></svg>'
    )


def _reasons(words: Wording) -> str:
    link = '<a href="https://adilet.zan.kz/kaz/docs/Z2500000230">17-бап, 1-тармақ</a>'
    leaf = f'<li>{words.reason} <span class="cite">{link}</span></li>'
    return (
        f'<h3>{words.reason}</h3><ul class="reasons"><li>{words.verdict}<ul>{leaf * 3}</ul></li>'
        f"{leaf}</ul><blockquote><p>{words.question}</p><p>{link}</p></blockquote>"
        f"<h3>{words.duty}</h3><ul><li>{words.duty}</li><li>{words.reason}</li></ul>"
        f"<ol><li>{words.question}</li><li>{words.question}</li></ol><p>{words.question * 6}</p>"
    )


def _duties(words: Wording) -> str:
    columns = words.columns
    rows = f'<tr><td class="tick"></td><td>{words.duty}</td><td>{words.sign[1]}</td></tr>' * 5
    done = f'<tr><td class="tick done"></td><td>{words.duty}</td><td>{words.sign[1]}</td></tr>'
    lines = "".join(f'<td><span class="sign">{label}</span></td>' for label in words.sign)
    return (
        f'<table class="checklist"><thead><tr><th scope="col">№</th>'
        f'<th scope="col">{columns[0]}</th><th scope="col">{columns[1]}</th></tr></thead>'
        f"<tbody>{rows}{done}</tbody></table>"
        f'<table class="signatures"><tbody><tr>{lines}</tr></tbody></table>'
    )


def _answers(words: Wording, count: int) -> str:
    rows = "".join(
        f'<tr><th scope="row">{words.question}</th><td>{words.yes}. {number}</td></tr>'
        for number in range(1, count + 1)
    )
    return (
        f'<table class="answers"><thead><tr><th scope="col">{words.columns[0]}</th>'
        f'<th scope="col">{words.columns[1]}</th></tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="small digest">{"3f9a" * 16}</p><p>{ALPHABET} {ALPHABET.upper()}</p>'
        f"<p><strong>{ALPHABET}</strong> <em>{ALPHABET}</em></p>"
    )
