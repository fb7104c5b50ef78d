"""The tables: for each fault what was counted on both ends, and one line per fault at the end."""

COLUMNS = ("sent", "acked", "again", "stored", "delivered")
VERDICT = ("lost", "duplicated", "reordered")


def record(fault, stage, failure, seconds):
    """All that came out of a fault, as JSON can hold it."""
    ends = []
    for kind in dict.fromkeys(account.kind for account in stage.accounts):
        accounts = [account for account in stage.accounts if account.kind == kind]
        acks = [ack for account in accounts for ack in account.acks]
        ends.append({"end": f"{len(accounts)} x {kind}", "sent": sum(account.sent for account in accounts),
                     "acked": len({ack.message_id for ack in acks}),
                     "again": sum(ack.duplicate or ack.recovered for ack in acks)})
    if stage.history:
        ends.append({"end": "database file", "stored": len(stage.history)})
    for kind in dict.fromkeys(reading.kind for reading in stage.readings):
        readings = [reading for reading in stage.readings if reading.kind == kind]
        ends.append({"end": f"{len(readings)} x {kind}", "delivered": sum(len(reading.events) for reading in readings)})

    audit = stage.audit
    problems = ([failure] if failure else []) + (audit.problems if audit else [])
    problems += [f"lanlined said: {line}" for line in stage.last_words]
    if audit is None and not failure:
        problems.append("nothing was compared")
    return {"fault": fault.NAME, "what": fault.WHAT, "seed": stage.seed, "seconds": round(seconds, 1),
            "passed": not problems, "ends": ends, "facts": stage.facts, "problems": problems,
            **{column: sum(end.get(column, 0) for end in ends) for column in COLUMNS},
            **{column: getattr(audit, column) if audit else None for column in VERDICT}}


def print_fault(entry):
    print(f"\n== {entry['fault']}: {entry['what']} (seed {entry['seed']}, {entry['seconds']} s)")
    print(f"   {'':34}" + "".join(f"{column:>11}" for column in COLUMNS))
    for end in entry["ends"]:
        print(f"   {end['end']:34}" + "".join(f"{end.get(column, ''):>11}" for column in COLUMNS))
    for fact, value in entry["facts"].items():
        print(f"   {fact}: {value}")
    print("   " + ", ".join(f"{entry[column]} {column}" for column in VERDICT))
    for problem in entry["problems"]:
        print(f"   !! {problem}")
    print(f"   {'passed' if entry['passed'] else 'FAILED'}", flush=True)


def print_summary(records):
    columns = (*COLUMNS, *VERDICT)
    print(f"\n{'fault':18}" + "".join(f"{column:>11}" for column in columns) + f"{'s':>8}")
    for entry in records:
        values = ("-" if entry[column] is None else entry[column] for column in columns)
        print(f"{entry['fault']:18}" + "".join(f"{value:>11}" for value in values)
              + f"{entry['seconds']:>8}  {'passed' if entry['passed'] else 'FAILED'}")
