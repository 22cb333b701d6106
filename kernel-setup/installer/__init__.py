"""What run.sh and run.cmd do, in Python's standard library only.

    machine.py    the rules of a platform: paths, quoting, names of programs, natives, where JDKs lie
    options.py    arguments and environment
    checks.py     what is wrong is told in one sentence, before anything starts
    tools.py      finds or installs a JDK, Maven, Python's venv, a browser; a UTF-8 locale; a home
    progress.py   a command with a line of progress
    plan.py       the steps of a request, as data; a dry run prints them
    copies.py     the notebooks that a user works on
    bundle.py     one archive that installs without a network
    main.py       all of it in order
"""


class Refusal(Exception):
    """A sentence for the user, after which nothing is done. The exit code is 1."""
