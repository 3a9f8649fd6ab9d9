"""How long an officer waits: start-up, a cold and a warm question, a case to its Word file.

    python -m benchmarks.speed [--runs N] [--json]

Every figure is the median over N runs, in one process where it says warm. Peers are measured in the
same run: an empty Python start beside the command line.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
QUESTIONS = [
    "đoàn vào ngoài kế hoạch trước mấy ngày",
    "ho chieu cong vu do ai quan ly",
    "điều 13 khoản 4",
]


def timed(work: Callable[[], object], runs: int) -> float:
    """Median milliseconds of `work`."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken), 1)


def command(*arguments: str) -> Callable[[], object]:
    """A whole process."""
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False)


def heavy_modules(*arguments: str) -> list[str]:
    """Which of the heavy libraries one cold command imports: none, if all is well."""
    code = (
        "import sys; "
        f"import drafting.cli.command as c; c.run({list(arguments)!r}); "
        "print([n for n in ('torch','llama_index','sentence_transformers') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout.splitlines()[-1].replace("'", '"'))
    return found


def twenty_pages() -> str:
    """A draft of 20 pages (2,500 characters each): the corpus' words, and on every page a basis, a
    provision, a quotation that holds and one that does not."""
    texts = [(REPO / "corpus" / f).read_text("utf-8") for f in ("19-qc-tu-2024.txt",
             "ke-hoach-hoi-nghi-2024.txt", "50-2025-qd-ubnd.txt")]  # fmt: skip
    words, page = "\n".join(texts), 2_500
    decision, law = (
        "Quyết định số 50/2025/QĐ-UBND",
        "đơn vị sự nghiệp công lập thuộc Sở theo quy định",
    )
    more = (
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;\n"
        f"Khoản 24 Điều 2 {decision} quy định: “Quản lý {law} pháp luật”.\n"
        f"Khoản {{n}} Điều 2 {decision} nêu rõ: “Quản lý các {law} của pháp luật {{n}}”.\n"
    )
    pages = (words[n * page : (n + 1) * page - len(more)] + "\n" + more.format(n=n + 1)
             for n in range(20))  # fmt: skip
    return "\n".join(pages)


def measure(runs: int, folder: Path) -> dict[str, object]:
    """Every figure by name."""
    os.environ["DRAFTING_HOME"] = str(folder / "home")
    from drafting.cases import read_case
    from drafting.office import Office
    from drafting.read import read

    figures: dict[str, object] = {
        "python start ms": timed(command("-c", "pass"), runs),
        "drafting --help ms": timed(command("-m", "drafting", "--help"), runs),
    }
    figures["first search, library and index built ms"] = timed(
        command("-m", "drafting", "search", QUESTIONS[0]), 1
    )
    figures["cold search ms"] = timed(command("-m", "drafting", "search", QUESTIONS[0]), runs)
    figures["heavy modules imported by a question"] = heavy_modules("search", QUESTIONS[0])
    office = Office.open()
    office.search("mở chỉ mục")
    for question in QUESTIONS:
        figures[f"warm question “{question}” ms"] = timed(lambda q=question: office.search(q), runs)  # type: ignore[misc]
    pages = folder / "du-thao.txt"
    pages.write_text(twenty_pages(), encoding="utf-8")
    source = read(pages)
    figures["citations in a draft of 20 pages"] = office.cite(source).total
    figures["cite of a draft of 20 pages, warm ms"] = timed(lambda: office.cite(source), runs)
    figures["cite of a draft of 20 pages, cold ms"] = timed(
        command("-m", "drafting", "cite", str(pages)), runs
    )
    figures["heavy modules imported by cite"] = heavy_modules("cite", str(pages))
    form = office.form("to-trinh-doan-ra")
    path = REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml"

    def draft() -> None:
        office.export(office.draft(form, read_case(path, form)), folder / "to-trinh.docx")

    draft()
    figures["case to verified .docx and bảng đối chiếu, warm ms"] = timed(draft, runs)
    office.close()
    return figures


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(given.runs, Path(folder))
    if given.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        print(f"{name:60} {value}")


if __name__ == "__main__":
    main()
