"""Mail that a system has written into files is found: one a file, several in one, and what is only half there."""

import os
from pathlib import Path

import pytest

from support.drivers.stores import mail as stored
from support.drivers.stores.mail import MailFolder

END = f"{'-' * 79}\n"
ANA, RUI = "ana@example.com", "rui@example.com"


def mail(to: str, text: str) -> str:
    return f"Subject: Code\nFrom: noreply@example.com\nTo: {to}\n\n{text}\n"


def test_two_mails_of_one_second_may_share_a_file(tmp_path: Path) -> None:
    folder, file = MailFolder(tmp_path), tmp_path / "20260102-100000-1.log"
    file.write_text(mail(ANA, "one") + END)
    assert folder.to(ANA) == ["one\n"]
    with file.open("a") as more:
        more.write(mail(RUI, "two") + END)
    assert (folder.to(ANA), folder.to(RUI)) == (["one\n"], ["two\n"])


def test_a_file_that_was_half_written_is_looked_at_again(tmp_path: Path) -> None:
    folder, file = MailFolder(tmp_path), tmp_path / "1.log"
    file.write_text(mail(ANA, "your code")[:40])
    assert folder.to(ANA) == []
    file.write_text(mail(ANA, "your code"))
    assert folder.to(ANA) == ["your code\n"]


def test_new_mail_comes_behind_what_was_known(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path)
    (tmp_path / "b.log").write_text(mail(ANA, "one"))
    assert folder.to(ANA) == ["one\n"]
    (tmp_path / "a.log").write_text(mail(ANA, "two"))
    assert folder.to(ANA) == ["one\n", "two\n"]


def test_of_several_new_mails_the_oldest_comes_first(tmp_path: Path) -> None:
    texts = [f"code {number}" for number in range(12)]
    for number, text in enumerate(texts):
        file = tmp_path / f"20260102-100000-{97 - 7 * number}.log"
        file.write_text(mail(ANA, text))
        os.utime(file, ns=(number, 1_000_000_000 + number))
    assert MailFolder(tmp_path).to(ANA) == [f"{text}\n" for text in texts]


def test_mail_is_found_in_whatever_letters_its_address_is_written(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path)
    (tmp_path / "1.log").write_text(mail("Ana@Example.com", "your code"))
    assert folder.to(ANA) == folder.to(ANA.upper()) == ["your code\n"]


def test_a_file_that_has_not_grown_for_long_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "_STILL", -1.0)
    folder, file = MailFolder(tmp_path), tmp_path / "1.log"
    file.write_text(mail(ANA, "one"))
    assert [folder.to(ANA) for _ in range(2)] == [["one\n"]] * 2
    file.unlink()
    file.mkdir()  # to read it would fail
    assert folder.to(ANA) == ["one\n"]
