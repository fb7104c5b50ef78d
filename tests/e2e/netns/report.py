"""What is printed of a case, and the table at the end."""

COLUMNS = ("sent", "delivered", "lost", "duplicated", "reordered", "failovers", "outages")
TIMES = ("gap", "goal")


def record(case, stage, seconds):
    """All that came out of a case, as JSON can hold it."""
    return {"case": case.name, "what": case.what, "seconds": round(seconds, 1), "passed": not stage.problems,
            **{column: stage.sums.get(column) for column in ("sent", "stored", *COLUMNS[1:])},
            **{f"{column}_ms": stage.sums[column] and round(stage.sums[column] * 1000)
               for column in TIMES if column in stage.sums},
            "facts": stage.facts, "problems": stage.problems}


def print_case(entry):
    print(f"\n== netns/{entry['case']}: {entry['what']} ({entry['seconds']} s)")
    if entry["sent"] is not None:
        print("   " + ", ".join(f"{_cell(entry[column])} {column}" for column in COLUMNS))
        goal = "" if entry.get("goal_ms") is None else f" (goal: {entry['goal_ms']} ms)"
        print(f"   longest gap: {_cell(entry.get('gap_ms'))} ms{goal}")
    for fact, value in entry["facts"].items():
        print(f"   {fact}: {value}")
    for problem in entry["problems"]:
        print(f"   !! {problem}")
    print(f"   {'passed' if entry['passed'] else 'FAILED'}", flush=True)


def print_summary(records):
    print(f"\n{'netns':16}" + "".join(f"{column:>11}" for column in COLUMNS) + f"{'gap, ms':>9}{'goal':>7}{'s':>7}")
    for entry in records:
        print(f"{entry['case']:16}" + "".join(f"{_cell(entry[column]):>11}" for column in COLUMNS)
              + f"{_cell(entry.get('gap_ms')):>9}{_cell(entry.get('goal_ms')):>7}{entry['seconds']:>7}"
              + f"  {'passed' if entry['passed'] else 'FAILED'}")


def _cell(value):
    return "-" if value is None else value
