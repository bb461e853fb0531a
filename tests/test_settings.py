"""What an operator sets: everything has a sound value, and every fault is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskq.crowd_settings import CrowdSettings
from riskq.settings import Settings, SettingsError, read_seal_settings, read_settings

SECRET = "a secret of ours with many signs, 0123456789"


def read(tmp_path: Path, **environ: str) -> Settings:
    """Settings with a database and a secret of their own."""
    own = {"RISKQ_DATABASE": str(tmp_path / "riskq.db"), "RISKQ_SECRET_KEY": SECRET}
    return read_settings({**own, **environ})


def test_a_machine_of_ones_own_needs_no_setting(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.origin, settings.keep_days, settings.queue) == ("", 400, "")
    assert settings.most_reports == 1000
    assert settings.cookie_name == "riskq"


def test_files_beside_the_database_are_named_after_it(tmp_path: Path) -> None:
    for address in (tmp_path / "riskq.db", f"sqlite:///{tmp_path / 'riskq.db'}"):
        settings = read(tmp_path, RISKQ_DATABASE=str(address))
        assert settings.bundles == tmp_path / "riskq-bundles.db"
        assert settings.queue_file == tmp_path / "riskq-queue.db"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("RISKQ_PRODUCTON", "RISKQ_PRODUCTION"),
        ("RISKQ_MASTER_KEYS", "RISKQ_MASTER_KEY"),
        ("RISKQ_SECRETKEY", "RISKQ_SECRET_KEY"),
        ("RISKQ_DATABASEURL", "RISKQ_DATABASE_URL"),
    ],
)
def test_a_misspelt_setting_is_told_with_the_one_that_was_meant(
    tmp_path: Path, written: str, meant: str
) -> None:
    with pytest.raises(SettingsError, match=f"{written}: there is no such setting.*{meant}\\?"):
        read(tmp_path, **{written: "1"})


def test_a_setting_of_somebody_else_is_let_be(tmp_path: Path) -> None:
    read(tmp_path, RISKQ_IMAGE="riskq:1", RISKQ_TEST_IN_POSTGRES="1", RISKQ_BARE_DATABASE="/srv")


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    faulty = {
        "RISKQ_ORIGIN": "riskq.example.kz/path",
        "RISKQ_KEEP_DAYS": "0",
        "RISKQ_MOST_REPORTS": "many",
        "RISKQ_QUEUE": "http://queue.example.kz",
        "RISKQ_TIMESTAMPER": "ftp://stamps.example.kz",
        "RISKQ_SEAL_KEY": "key.pem",
        "RISKQ_PRODUCTION": "1",
    }
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **faulty)
    told = {problem.where for problem in caught.value.problems}
    assert told == set(faulty) - {"RISKQ_PRODUCTION"} | {"RISKQ_MASTER_KEY"}
    assert all(problem.mend for problem in caught.value.problems)


@pytest.mark.parametrize("days", ["1", "3650"])
def test_numbers_may_be_at_their_limits(tmp_path: Path, days: str) -> None:
    assert read(tmp_path, RISKQ_KEEP_DAYS=days).keep_days == int(days)


@pytest.mark.parametrize("days", ["", "-1", "3651", "1e3", "¹", "9" * 5000])
def test_a_number_out_of_its_limits_is_refused(tmp_path: Path, days: str) -> None:
    with pytest.raises(SettingsError, match="from 1 to 3650"):
        read(tmp_path, RISKQ_KEEP_DAYS=days)


def test_a_short_or_unreadable_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="32 random characters"):
        read(tmp_path, RISKQ_SECRET_KEY="short")
    with pytest.raises(SettingsError, match="cannot be read"):
        read(tmp_path, RISKQ_SECRET_KEY="", RISKQ_SECRET_KEY_FILE=str(tmp_path / "none"))
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    settings = read(tmp_path, RISKQ_SECRET_KEY="", RISKQ_SECRET_KEY_FILE=str(tmp_path / "secret"))
    assert settings.secret_key == SECRET
    assert SECRET not in repr(settings)


def test_the_newest_master_key_stands_before_old_ones(tmp_path: Path) -> None:
    (tmp_path / "old").write_text(f"{'o' * 40}\n\n{'p' * 40}\n")
    old = {"RISKQ_OLD_MASTER_KEYS_FILE": str(tmp_path / "old")}
    settings = read(tmp_path, RISKQ_MASTER_KEY="n" * 40, **old)
    assert settings.master_keys == ("n" * 40, "o" * 40, "p" * 40)
    assert "n" * 40 not in repr(settings)
    (tmp_path / "new").write_text("f" * 40 + "\n")
    settings = read(tmp_path, RISKQ_MASTER_KEY_FILE=str(tmp_path / "new"))
    assert settings.master_keys == ("f" * 40,)


def test_a_master_key_is_made_once_where_none_is_set(tmp_path: Path) -> None:
    assert read(tmp_path).master_keys == read(tmp_path).master_keys != ()


def test_short_and_unreadable_master_keys_are_refused(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("short\n")
    for name, value in (
        ("RISKQ_MASTER_KEY", "short"),
        ("RISKQ_OLD_MASTER_KEYS_FILE", str(tmp_path / "old")),
        ("RISKQ_OLD_MASTER_KEYS_FILE", str(tmp_path / "none")),
    ):
        with pytest.raises(SettingsError) as caught:
            read(tmp_path, **{name: value})
        assert [problem.where for problem in caught.value.problems] == [name]
    with pytest.raises(SettingsError, match="cannot be read"):
        read(tmp_path, RISKQ_MASTER_KEY_FILE=str(tmp_path / "none"))


def test_production_wants_https_and_a_secret_of_its_own() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"RISKQ_PRODUCTION": "1", "RISKQ_ORIGIN": "http://riskq.example.kz"})
    told = {problem.where for problem in caught.value.problems}
    assert told == {"RISKQ_ORIGIN", "RISKQ_SECRET_KEY", "RISKQ_MASTER_KEY"}


def test_production_wants_a_secret_that_nobody_guesses(tmp_path: Path) -> None:
    told = {
        "RISKQ_ORIGIN": "https://riskq.example.kz",
        "RISKQ_PRODUCTION": "1",
        "RISKQ_MASTER_KEY": SECRET,
    }
    for secret in ("s" * 40, "0123456789" * 5, "secretsecret" * 4):
        with pytest.raises(SettingsError, match="few different characters"):
            read(tmp_path, RISKQ_SECRET_KEY=secret, **told)
    random = "T4nq8WZ0eVx2LrBk7HcYp9GmUs5DfJa1"
    assert read(tmp_path, RISKQ_SECRET_KEY=random, **told).secret_key == random
    assert read(tmp_path, RISKQ_SECRET_KEY="s" * 40).secret_key == "s" * 40


def test_production_wants_to_know_its_proxy(tmp_path: Path) -> None:
    told = {"RISKQ_ORIGIN": "https://riskq.example.kz", "RISKQ_PROXIES": "0"}
    assert read(tmp_path, **told).crowd.proxies == 0
    with pytest.raises(SettingsError, match="one address") as caught:
        read(tmp_path, RISKQ_PRODUCTION="1", RISKQ_MASTER_KEY=SECRET, **told)
    assert [problem.where for problem in caught.value.problems] == ["RISKQ_PROXIES"]


def test_a_service_on_https_has_a_proxy_before_it_unless_it_says_so(tmp_path: Path) -> None:
    assert read(tmp_path).crowd == CrowdSettings(0, 1)
    origin = {"RISKQ_ORIGIN": "https://riskq.example.kz"}
    assert read(tmp_path, **origin).crowd == CrowdSettings(1, 1)
    told = {"RISKQ_PROXIES": "2", "RISKQ_ALLOWANCE": "0"}
    assert read(tmp_path, **origin, **told).crowd == CrowdSettings(2, 0)


@pytest.mark.parametrize("name", ["RISKQ_PROXIES", "RISKQ_ALLOWANCE"])
@pytest.mark.parametrize("text", ["", "-1", "one", "101", "¹", "9" * 5000])
def test_what_is_no_number_of_proxies_or_allowances_is_refused(
    tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(SettingsError, match="Write a number from 0 to") as caught:
        read(tmp_path, **{name: text})
    assert [problem.where for problem in caught.value.problems] == [name]


def test_a_seal_has_one_key(tmp_path: Path) -> None:
    environ = {"RISKQ_SEAL_FOLDER": str(tmp_path), "RISKQ_SEAL_KEY": "a", "RISKQ_SEAL_PKCS12": "b"}
    with pytest.raises(SettingsError) as caught:
        read_seal_settings(environ)
    assert len(caught.value.problems) == 2


OIDC = {
    "RISKQ_OIDC_ISSUER": "https://id.example.kz/realms/alatau",
    "RISKQ_OIDC_CLIENT_ID": "riskq",
    "RISKQ_OIDC_CLIENT_SECRET": "a secret of the client",
    "RISKQ_OIDC_NAME": "Alatau ID",
}


def test_a_provider_is_set_as_a_whole(tmp_path: Path) -> None:
    assert read(tmp_path).provider is None
    settings = read(tmp_path, **OIDC)
    assert settings.provider is not None
    assert settings.provider.issuer == OIDC["RISKQ_OIDC_ISSUER"]
    assert settings.provider.seconds == 5
    assert OIDC["RISKQ_OIDC_CLIENT_SECRET"] not in repr(settings)
    (tmp_path / "secret").write_text("from a file\n")
    others = {name: value for name, value in OIDC.items() if not name.endswith("SECRET")}
    settings = read(tmp_path, RISKQ_OIDC_CLIENT_SECRET_FILE=str(tmp_path / "secret"), **others)
    assert settings.provider is not None
    assert settings.provider.client_secret == "from a file"


@pytest.mark.parametrize("left_out", OIDC)
def test_half_a_provider_is_refused(tmp_path: Path, left_out: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **{**OIDC, left_out: ""})
    assert [problem.where for problem in caught.value.problems] == [left_out]


@pytest.mark.parametrize(
    "issuer",
    [
        *("http://id.example.kz", "id.example.kz", "https://", "ftp://id.example.kz"),
        *("https://id.example.kz/?x", "https://id.example.kz/#x", "https://a@id.example.kz"),
        *("https://id.example.kz:port", "https://id example.kz", "https://[::1", "https://ид.қаз"),
    ],
)
def test_an_issuer_is_an_https_address(tmp_path: Path, issuer: str) -> None:
    with pytest.raises(SettingsError, match="ISSUER"):
        read(tmp_path, **{**OIDC, "RISKQ_OIDC_ISSUER": issuer})


def test_plain_http_leads_to_this_machine_alone_and_never_on_the_internet(tmp_path: Path) -> None:
    near = {**OIDC, "RISKQ_OIDC_ISSUER": "http://127.0.0.1:9000"}
    assert read(tmp_path, **near).provider is not None
    with pytest.raises(SettingsError, match="ISSUER"):
        read(tmp_path, **near, RISKQ_PRODUCTION="1", RISKQ_ORIGIN="https://riskq.example.kz")


@pytest.mark.parametrize("name", ["x" * 61, "two\nlines"])
def test_the_name_of_a_provider_fits_on_a_button(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="RISKQ_OIDC_NAME"):
        read(tmp_path, **{**OIDC, "RISKQ_OIDC_NAME": name})


def test_a_secret_that_cannot_be_read_is_told_with_its_file(tmp_path: Path) -> None:
    others = {name: value for name, value in OIDC.items() if not name.endswith("SECRET")}
    with pytest.raises(SettingsError, match="RISKQ_OIDC_CLIENT_SECRET_FILE"):
        read(tmp_path, RISKQ_OIDC_CLIENT_SECRET_FILE=str(tmp_path / "none"), **others)
    with pytest.raises(SettingsError, match="CLIENT_SECRET"):
        read(tmp_path, **{**OIDC, "RISKQ_OIDC_CLIENT_SECRET": "құпия"})


MAIL = {
    "RISKQ_SMTP": "smtps://riskq%40x:pass%3Aword@mail.example.kz",
    "RISKQ_MAIL_FROM": "Алатау <riskq@example.kz>",
}


def test_a_mail_server_is_read_from_one_address(tmp_path: Path) -> None:
    assert read(tmp_path).mail is None
    settings = read(tmp_path, **MAIL)
    mail = settings.mail
    assert mail is not None
    assert (mail.kind, mail.host, mail.port) == ("smtps", "mail.example.kz", 465)
    assert (mail.user, mail.password) == ("riskq@x", "pass:word")
    assert (mail.sender_name, mail.sender) == ("Алатау", "riskq@example.kz")
    assert "pass:word" not in repr(settings)
    (tmp_path / "secret").write_text("from a file\n")
    others = {"RISKQ_SMTP": "smtp+tls://riskq@mail.example.kz:2525"}
    files = {"RISKQ_SMTP_PASSWORD_FILE": str(tmp_path / "secret")}
    mail = read(tmp_path, **{**MAIL, **others, **files}).mail
    assert mail is not None
    assert (mail.kind, mail.port, mail.password) == ("smtp+tls", 2525, "from a file")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("RISKQ_SMTP", address) for address in ("", "mail.example.kz", "http://mail.example.kz")),
        *(("RISKQ_SMTP", address) for address in ("smtp://", "smtp://x:port", "smtp://x/y")),
        ("RISKQ_SMTP", "smtp://user:password@mail.example.kz"),
        *(
            ("RISKQ_MAIL_FROM", sender)
            for sender in ("", "riskq", "a@b.kz, c@d.kz", "a@b.kz\nX: y")
        ),
    ],
)
def test_half_a_mail_server_or_an_unsafe_one_is_refused(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **{**MAIL, name: value})
    assert [problem.where for problem in caught.value.problems] == [name]


SHARED = {
    "RISKQ_DATABASE": "",
    "RISKQ_MASTER_KEY": SECRET,
    "RISKQ_DATABASE_URL": "postgresql://riskq@db.example.kz:5433/riskq?sslmode=require",
    "RISKQ_SEAL_FOLDER": "/run/secrets/seal",
}


def test_a_server_has_everything_in_one_database(tmp_path: Path) -> None:
    settings = read(tmp_path, **SHARED)
    address = SHARED["RISKQ_DATABASE_URL"]
    assert settings.is_shared
    assert (settings.database, settings.bundles, settings.evidence) == (address,) * 3
    assert settings.metrics_folder == Path("/run/secrets/metrics")


def test_the_password_of_a_server_comes_from_a_file_and_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("sword/fish@ \n")
    path = str(tmp_path / "password")
    settings = read(tmp_path, **SHARED, RISKQ_DATABASE_PASSWORD_FILE=path)
    assert settings.database.startswith("postgresql://riskq:sword%2Ffish%40@db.example.kz:5433/")
    assert "sword" not in repr(settings)


@pytest.mark.parametrize(
    ("environ", "where"),
    [
        ({"RISKQ_DATABASE": "riskq.db"}, "RISKQ_DATABASE_URL"),
        ({"RISKQ_DATABASE_URL": "mysql://db.example.kz/riskq"}, "RISKQ_DATABASE_URL"),
        ({"RISKQ_DATABASE_URL": "postgresql://db.example.kz"}, "RISKQ_DATABASE_URL"),
        ({"RISKQ_DATABASE_URL": "postgresql://db:port/riskq"}, "RISKQ_DATABASE_URL"),
        (
            {
                "RISKQ_DATABASE_URL": "postgresql://riskq:one@db/riskq",
                "RISKQ_DATABASE_PASSWORD": "two",
            },
            "RISKQ_DATABASE_URL",
        ),
        (
            {"RISKQ_DATABASE_URL": "sqlite:///riskq.db", "RISKQ_DATABASE_PASSWORD": "two"},
            "RISKQ_DATABASE_PASSWORD",
        ),
        ({"RISKQ_SECRET_KEY": ""}, "RISKQ_SECRET_KEY"),
        ({"RISKQ_MASTER_KEY": ""}, "RISKQ_MASTER_KEY"),
        ({"RISKQ_SEAL_FOLDER": ""}, "RISKQ_SEAL_KEY"),
    ],
)
def test_what_machines_cannot_share_is_told(
    tmp_path: Path, environ: dict[str, str], where: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **{**SHARED, **environ})
    assert [problem.where for problem in caught.value.problems] == [where]


def test_figures_are_opened_by_a_token_that_is_worth_it(tmp_path: Path) -> None:
    assert read(tmp_path).watch.token == ""
    settings = read(tmp_path, RISKQ_METRICS="t" * 16)
    assert settings.watch.token == "t" * 16
    assert "t" * 16 not in repr(settings)
    assert settings.metrics_folder == tmp_path / "riskq-metrics"
    (tmp_path / "token").write_text("from-a-file-of-ours\n")
    settings = read(tmp_path, RISKQ_METRICS_FILE=str(tmp_path / "token"))
    assert settings.watch.token == "from-a-file-of-ours"


@pytest.mark.parametrize("token", ["short", "with some spaces in it", "ключ" * 5, "t" * 20 + "\n"])
def test_a_token_that_is_none_is_refused(tmp_path: Path, token: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, RISKQ_METRICS=token)
    assert [problem.where for problem in caught.value.problems] == ["RISKQ_METRICS"]
    assert token not in str(caught.value)


def test_a_file_without_a_token_is_refused(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("\n")
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, RISKQ_METRICS_FILE=str(tmp_path / "token"))
    assert [problem.where for problem in caught.value.problems] == ["RISKQ_METRICS_FILE"]


def test_the_log_is_plain_unless_another_form_is_asked_for(tmp_path: Path) -> None:
    assert read(tmp_path).watch.log == "plain"
    assert read(tmp_path, RISKQ_LOG="json").watch.log == "json"
    assert read(tmp_path, RISKQ_LOG="none").watch.log == "none"
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, RISKQ_LOG="xml")
    assert [problem.where for problem in caught.value.problems] == ["RISKQ_LOG"]
