"""Every verb that speaks of validity takes a day, and answers for that day."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from drafting.cli.command import run

BEFORE, AFTER = "30/6/2025", "1/7/2025"
OLD = "20/2022/QĐ-UBND"


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a verb prints as JSON."""
    run([*arguments, "--json"])
    return capsys.readouterr().out


def state_in_list(output: str) -> str:
    rows = json.loads(output)["documents"]
    return str(next(row["status"] for row in rows if row["designation"] == OLD))


def state_in_timeline(output: str) -> str:
    (chain,) = json.loads(output)["chains"]
    return str(next(d["state"] for d in chain["documents"] if d["designation"] == OLD))


def state_in_cite(output: str) -> str:
    (citation,) = json.loads(output)["citations"]
    return str(citation["status"]).split(":")[0]


def state_in_show(output: str) -> str:
    return str(json.loads(output)["status"]).split(":")[0]


def state_of_hit(output: str) -> str:
    return str(json.loads(output)["hits"][0]["status"])


VERBS: dict[str, tuple[Callable[[str], str], str, str]] = {
    "corpus list": (state_in_list, "còn hiệu lực", "hết hiệu lực"),
    f"corpus timeline {OLD}": (state_in_timeline, "còn hiệu lực", "hết hiệu lực"),
    "cite van-ban.txt": (state_in_cite, "còn hiệu lực", "hết hiệu lực"),
    "corpus show 50/2025/QĐ-UBND art_1": (state_in_show, "chưa có hiệu lực", "còn hiệu lực"),
    "outline kho/50-2025-qd-ubnd.txt": (state_in_show, "chưa có hiệu lực", "còn hiệu lực"),
    "search điều-1-quyết-định-50/2025 -k 1": (state_of_hit, "chưa có hiệu lực", "còn hiệu lực"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_answers_for_the_day_asked(
    verb: str,
    tmp_path: Path,
    repo: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import shutil

    shutil.copytree(repo / "corpus", tmp_path / "kho")
    (tmp_path / "van-ban.txt").write_text(
        f"Căn cứ Quyết định số {OLD} ngày 13/8/2022 của Ủy ban nhân dân tỉnh Lạng Sơn;", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    read, before, after = VERBS[verb]
    words = [word.replace("điều-1-quyết-định-", "điều 1 quyết định ") for word in verb.split(" ")]
    assert read(told(capsys, *words, "--as-of", BEFORE)) == before
    assert read(told(capsys, *words, "--as-of", AFTER)) == after


def test_a_draft_is_judged_on_the_day_it_is_drafted(
    tmp_path: Path, repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = yaml.safe_load(
        (repo / "examples" / "to-trinh-doan-ra-bac-giang.yaml").read_text("utf-8")
    )
    states = []
    for day in ("9/12/2024", "1/8/2025"):
        path = tmp_path / "ho-so.yaml"
        path.write_text(yaml.safe_dump(case | {"ngay_soan": day}, allow_unicode=True), "utf-8")
        run(["draft", "to-trinh-doan-ra", "--case", str(path), "-o", str(tmp_path / "a.docx"),
             "--json"])  # fmt: skip
        entries = json.loads(capsys.readouterr().out)["ledger"]["citations"]
        found = [one["status"] for one in entries if one["designation"] == "19-QC/TU"]
        states.append(found[0].split(":")[0] if found else "")
    assert states[0] == "còn hiệu lực" and states[1] != "còn hiệu lực"


@pytest.mark.parametrize("verb", VERBS)
def test_a_day_that_is_none_is_refused(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "van-ban.txt").write_text("a", "utf-8")
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "50-2025-qd-ubnd.txt").write_text("Điều 1. A", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run([*verb.split(" "), "--as-of", "30/02/2026"]) == 2
    assert "không phải ngày có thật" in capsys.readouterr().err
