"""The limit that riskq's pages are measured against: Flask with nothing but the walk itself.

What anybody would write who uses the same libraries: a WTForms form with a CSRF token, a page from
compiled templates with a macro a field, of the same size as riskq's; one read from SQLite, and one
durable write by group commit for each answer. It knows no rules, no languages, no rights and no
security headers. ``RISKQ_BARE_DATABASE`` names its file, or ``RISKQ_BARE_DATABASE_URL`` a database
of PostgreSQL, to which each thread has a connection and each answer is one statement.
"""

from __future__ import annotations

import os
import queue
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template, session
from flask_wtf import FlaskForm
from jinja2 import DictLoader
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

QUESTIONS = 20
FIELDS = """{% macro choice(field, help) %}<fieldset class="field"
 aria-describedby="{{ field.id }}-help">
<legend><h1>{{ field.label.text }}</h1></legend>
<div id="{{ field.id }}-help">{% for part in help %}<p>{{ part }}</p>
{% endfor %}</div>
{% if field.errors %}<p class="error">{{ field.errors[0] }}</p>{% endif %}
{% for option in field %}<div class="option"><input type="radio" name="{{ field.name }}"
 id="{{ option.id }}" value="{{ option.data }}"{% if option.checked %} checked{% endif %}>
<label for="{{ option.id }}">{{ option.label.text }}</label></div>
{% endfor %}</fieldset>{% endmacro %}
"""
PAGE = """{% from "fields.html" import choice %}<!doctype html>
<html lang="kk"><head><meta charset="utf-8"><title>{{ form.answer.label.text }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/s.css">
<link rel="icon" href="/static/i.svg"><script src="/static/s.js" defer></script></head>
<body><header><a href="/">bare</a><nav><ul>{% for tongue in tongues %}
<li><a href="/{{ tongue }}" hreflang="{{ tongue }}">{{ tongue }}</a></li>{% endfor %}</ul></nav>
</header><main><p>{{ number }} / {{ total }}</p>
<form method="post" action="/q/{{ number }}">{{ form.csrf_token }}
{{ choice(form.answer, help) }}<button type="submit">{{ go }}</button></form>
<details><summary>{{ why }}</summary><blockquote>{{ quote }}</blockquote></details></main>
<aside><ul>{% for scale in scales %}<li><span>{{ scale }}</span> <strong>{{ scale }}</strong></li>
{% endfor %}</ul></aside><footer><ul>{% for tongue in tongues %}<li><a href="/{{ tongue }}">{{ why
}}</a></li>{% endfor %}</ul></footer></body></html>
"""
TEXT = "Жүйенің бұзылуы немесе тоқтатылуы әлеуметтік сипаттағы төтенше жағдайға алып келуі мүмкін. "


class GroupCommit:
    """One thread that writes for all callers; each waits for the commit of its batch."""

    def __init__(self, path: Path) -> None:
        self.jobs: queue.SimpleQueue[tuple[str, int, str, threading.Lock]] = queue.SimpleQueue()
        self.path = path
        threading.Thread(target=self.write, daemon=True).start()

    def save(self, walk: str, number: int, value: str) -> None:
        """Write one answer; returns when it is on the disk."""
        lock = threading.Lock()
        lock.acquire()
        self.jobs.put((walk, number, value, lock))
        lock.acquire()

    def write(self) -> None:
        """Take what is waiting, commit it together, let everybody go."""
        database = connect(self.path)
        while True:
            batch = [self.jobs.get()]
            while not self.jobs.empty() and len(batch) < 64:
                batch.append(self.jobs.get())
            database.execute("begin immediate")
            for walk, number, value, _ in batch:
                database.execute(
                    "insert into answers values (?, ?, ?, ?) on conflict (walk, number)"
                    " do update set value = excluded.value, at = excluded.at",
                    (walk, number, value, time.time()),
                )
            database.execute("commit")
            for *_, lock in batch:
                lock.release()


class OnServer:
    """Answers in PostgreSQL: the server itself commits together what comes together."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.mine = threading.local()
        self.database().execute(
            "create table if not exists answers (walk text, number int, value text,"
            " at double precision, primary key (walk, number))"
        )

    def database(self) -> Any:
        """The connection of this thread."""
        if not hasattr(self.mine, "database"):
            import psycopg

            self.mine.database = psycopg.connect(self.address, autocommit=True)
        return self.mine.database

    def save(self, walk: str, number: int, value: str) -> None:
        """Write one answer; returns when it is on the disk."""
        self.database().execute(
            "insert into answers values (%s, %s, %s, %s) on conflict (walk, number)"
            " do update set value = excluded.value, at = excluded.at",
            (walk, number, value, time.time()),
        )

    def find(self, walk: str) -> dict[int, str]:
        """The answers of a walk."""
        sql = "select number, value from answers where walk = %s"
        return dict(self.database().execute(sql, (walk,)).fetchall())


class InFile:
    """Answers in SQLite: a connection that reads for each thread, and one that writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        connect(path).close()
        self.save = GroupCommit(path).save
        self.mine = threading.local()

    def find(self, walk: str) -> dict[int, str]:
        """The answers of a walk."""
        if not hasattr(self.mine, "database"):
            self.mine.database = connect(self.path)
        sql = "select number, value from answers where walk = ?"
        return dict(self.mine.database.execute(sql, (walk,)).fetchall())


def connect(path: Path) -> sqlite3.Connection:
    """A connection that writes durably."""
    database = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = full")
    database.execute(
        "create table if not exists answers"
        " (walk text, number int, value text, at real, primary key (walk, number))"
    )
    return database


class Question(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types.
    """A question with three options."""

    answer = RadioField(
        TEXT,
        choices=[("yes", "Иә"), ("no", "Жоқ"), ("unsure", "Білмеймін")],
        validators=[InputRequired("Жауапты таңдаңыз")],
    )


def create_app() -> Flask:
    """The bare service."""
    app = Flask("bare")
    app.secret_key = os.urandom(32)
    app.jinja_loader = DictLoader({"page.html": PAGE, "fields.html": FIELDS})
    address = os.environ.get("RISKQ_BARE_DATABASE_URL")
    answers = OnServer(address) if address else InFile(Path(os.environ["RISKQ_BARE_DATABASE"]))
    walk = Walk(answers)
    app.add_url_rule("/", "home", walk.home)
    app.add_url_rule("/start", "start", walk.start, methods=["POST"])
    app.add_url_rule("/q/<int:number>", "question", walk.question)
    app.add_url_rule("/q/<int:number>", "answer", walk.answer, methods=["POST"])
    app.add_url_rule("/done", "done", walk.done)
    return app


class Walk:
    """The pages of the walk."""

    def __init__(self, answers: OnServer | InFile) -> None:
        self.answers = answers

    def home(self) -> str:
        """The first page."""
        return '<form method="post" action="/start"></form>'

    def start(self) -> Response:
        """Begin a walk."""
        session["walk"] = os.urandom(16).hex()
        return redirect("/q/1", 303)

    def question(self, number: int) -> str:
        """Show a question."""
        given = self.answers.find(session["walk"])
        return render_template(
            "page.html",
            form=Question(data={"answer": given.get(number)}),
            number=number,
            total=QUESTIONS,
            help=[TEXT * 3, TEXT * 2, TEXT],
            why="Не үшін сұраймыз",
            quote=TEXT * 3,
            go="Сақтап, жалғастыру",
            tongues=["kk", "ru", "en"],
            scales=["Қауіп-қатер дәрежесі", "Дербестік", "Тізбе", "Қолданылу", "Тыйым", "Талап"],
        )

    def answer(self, number: int) -> Response:
        """Take an answer."""
        form = Question()
        if not form.validate():
            return Response(str(form.errors), 422)
        self.answers.save(session["walk"], number, str(form.answer.data))
        return redirect(f"/q/{number + 1}" if number < QUESTIONS else "/done", 303)

    def done(self) -> str:
        """The last page."""
        return "done"
