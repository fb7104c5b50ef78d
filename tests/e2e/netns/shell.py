"""How the rig changes the network: ip, nft and ss, in its own namespaces."""
import subprocess


class Failed(Exception):
    """Something that had to happen did not."""


def expect(condition, what):
    if not condition:
        raise Failed(what)


def run(*command, text=None):
    """Standard output of a command that must succeed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, input=text, stdin=None if text is not None else subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()} {text or ''}")
    return done.stdout
