"""`python -m intrigue`, and the command `intrigue`: ready to be interrupted before anything else is imported."""

import os
import signal


def main() -> None:
    """The command line."""
    previous = signal.signal(signal.SIGINT, _interrupted)
    from intrigue.cli import main as run

    signal.signal(signal.SIGINT, previous)
    run()


def _interrupted(*_: object) -> None:
    """An interrupt while the program is still being loaded: there is nothing to clear up."""
    os.write(2, b"interrupted\n")
    os._exit(130)


if __name__ == "__main__":
    main()
