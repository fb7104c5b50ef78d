"""The tables of a run: for each case and way what happened, and what it cost the server."""


def print_case(entry):
    figures = entry["figures"]
    measured = (f"{figures['login_ms']:6.1f} ms {figures['peak_mb']:6.1f} MB {figures['load']:6.1%}"
                f" {figures['bystanders']['heard']:6}" if figures else " " * 33)
    print(f"  {entry['case']:22}{entry['way']:6}{'ok' if entry['passed'] else 'FAILED':>7}{entry['seconds']:7.1f} s"
          f"  {measured}  {entry['said']}")
    for problem in entry["problems"]:
        for line in problem.splitlines():
            print(f"     !! {line}")
    print(end="", flush=True)


def print_head():
    print("After each case: a normal client's login (best of at most 5 tries, 200 ms allowed), the memory that it took"
          " for a while,\nthe load afterwards (5 % of a core allowed), and the lines that two bystanders have"
          " heard so far, none lost.\n")
    print(f"  {'case':22}{'way':6}{'':7}{'took':>9}  {'login':>9}{'memory':>10}{'load':>7}{'heard':>7}  what happened")


def print_summary(entries):
    failed = [entry for entry in entries if not entry["passed"]]
    swift = max((entry["figures"]["login_ms"] for entry in entries if entry["figures"]), default=0)
    print(f"\n{len(entries)} cases, {len(failed)} failed; the slowest login {swift:.1f} ms")
    for entry in failed:
        print(f"  FAILED {entry['case']}, {entry['way']}")
