"""Working days counted the slow way, from lists typed by hand: what ours is compared with.

Nothing here is shared with `drafting.deadlines`, nor with the `holidays` package: the public
holidays by the Labour Code and the yearly notices, Tết and Giỗ Tổ as tables of days. From 2027 on
the days around Tết and 2/9 are those the package foresees.
"""

from __future__ import annotations

from datetime import date, timedelta

FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
DAY = timedelta(days=1)
# Tết as announced (2024–2026) or as the package foresees it: the first day off, how many in a row.
TET = {
    2024: ("02-08", 7), 2025: ("01-27", 5), 2026: ("02-16", 5), 2027: ("02-04", 7),
    2028: ("01-24", 5), 2029: ("02-12", 5), 2030: ("01-31", 7),
    2031: ("01-21", 7),
}  # fmt: skip
GIO_TO = {
    2024: "04-18", 2025: "04-07", 2026: "04-26", 2027: "04-16",
    2028: "04-04", 2029: "04-23", 2030: "04-12",
}  # fmt: skip
SECOND_OF_SEPTEMBER = {
    2024: "09-03", 2025: "09-01", 2026: "09-01", 2027: "09-03",
    2028: "09-01", 2029: "09-03", 2030: "09-03",
}  # fmt: skip
SWAPS_OFF = {"2024-04-29", "2025-05-02", "2026-01-02", "2026-08-31"}
SWAPS_WORKED = {"2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"}


def days_off() -> set[date]:
    """Every day nobody works from 2023-11 to 2031-03, built once."""
    off: set[date] = set()
    for year in range(2023, 2032):
        fixed = ["01-01", "04-30", "05-01", "09-02"]
        fixed += [table[year] for table in (GIO_TO, SECOND_OF_SEPTEMBER) if year in table]
        fixed += ["11-24"] if year >= 2026 else []
        feasts = {date.fromisoformat(f"{year}-{day}") for day in fixed}
        off |= feasts
        for feast in sorted(feasts):
            if feast.weekday() >= 5:
                instead = feast
                while instead.weekday() >= 5 or instead in off:
                    instead += DAY
                off.add(instead)
        if year in TET:
            first, length = date.fromisoformat(f"{year}-{TET[year][0]}"), TET[year][1]
            off |= {first + number * DAY for number in range(length)}
    day = date(2023, 11, 1)
    while day < date(2031, 4, 1):
        if day.weekday() >= 5:
            off.add(day)
        day += DAY
    off |= {date.fromisoformat(day) for day in SWAPS_OFF}
    return off - {date.fromisoformat(day) for day in SWAPS_WORKED}
