"""Files: reading them, and finding what they include."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intrigue.diagnostics.diagnostic import Diagnostic, Source, Span
from intrigue.diagnostics.suggest import nearest
from intrigue.language.parse import parse
from intrigue.language.tree import File, Include

LIMIT = 4 * 1024 * 1024
"""The size in bytes above which a file is not read."""

UNREADABLE = ("file-not-found", "not-a-file", "unreadable-file", "not-text", "too-large")
"""What is said of a file that cannot be read at all."""

SHIPPED = Path(__file__).parent.parent / "worlds"
"""The folder of the shipped worlds."""


def load(path: Path | str) -> tuple[list[File], list[Diagnostic]]:
    """Read a story or world with all that it includes.

    The files come in the order in which their rules apply: each after everything that it includes, `path` itself last; each
    once. If `path` itself cannot be read there are none. Never raises for anything a file may hold.
    """
    loader = _Loader()
    loader.add(Path(path), None)
    return loader.files, loader.found


def load_text(text: str, path: Path) -> tuple[list[File], list[Diagnostic]]:
    """The same of a text, as if it stood in a file of that path."""
    loader = _Loader()
    loader.take(Source(path, _with_plain_ends(text.removeprefix("\ufeff"))), None)
    return loader.files, loader.found


def lacking(problems: Sequence[Diagnostic]) -> bool:
    """Whether a file that is included is not there: whatever else could be said would only follow from that."""
    return any(
        problem.code in ("include-not-found", "include-not-world")
        or (problem.span is not None and problem.code in UNREADABLE)
        for problem in problems
    )


def read(path: Path, span: Span | None = None) -> tuple[Source | None, list[Diagnostic]]:
    """Read one file: plain UTF-8 text; a byte order mark is dropped and line ends become `\\n`.

    `span` is where the file was named, if it was named in a text.
    """

    def refuse(code: str, **blanks: str) -> tuple[None, list[Diagnostic]]:
        return None, [Diagnostic(code, span, {"path": str(path), **blanks})]

    try:
        if not path.exists():
            like = _sibling(path)
            repair = f"did you mean {like}?" if like else ""
            return None, [Diagnostic("file-not-found", span, {"path": str(path)}, repair=repair)]
        if not path.is_file():
            return refuse("not-a-file")
        if path.stat().st_size > LIMIT:
            return refuse("too-large", limit=f"{LIMIT // (1024 * 1024)} megabytes")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return refuse("unreadable-file", reason=reason[:1].lower() + reason[1:])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return refuse("not-text", where=f"line {line} holds the byte {data[error.start]:#04x}")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return refuse("not-text", where=f"line {line} holds a zero byte")
    return Source(path, _with_plain_ends(text)), []


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sibling(path: Path) -> str | None:
    """The file beside a missing one that has nearly its name, or the same and another ending."""
    try:
        beside = sorted(each for each in path.parent.iterdir() if each.is_file())
    except OSError:
        return None
    alike = {each.stem: each.name for each in beside if each.suffix == path.suffix}
    close = nearest(path.stem, alike)
    if close is not None:
        return alike[close]
    return next((each.name for each in beside if each.stem == path.stem), None)


class _Loader:
    """Follows includes depth first, each file once."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.found: list[Diagnostic] = []
        self.seen: set[Path] = set()
        self.open: list[Path] = []

    def add(self, path: Path, include: Include | None) -> None:
        """Read a file, with what it includes."""
        source, found = read(path, include.span if include else None)
        self.found += found
        if source is not None:
            self.take(source, include)

    def take(self, source: Source, include: Include | None) -> None:
        """Read what a file includes, and only then list it."""
        real = source.path.resolve()
        self.seen.add(real)
        file, found = parse(source)
        self.found += found
        if include is not None and file.form == "story":
            self.found.append(
                Diagnostic("include-not-world", include.span, {"target": include.target})
            )
            return
        self.open.append(real)
        for each in file.includes:
            self._follow(source.path, each)
        self.open.pop()
        self.files.append(file)

    def _follow(self, path: Path, include: Include) -> None:
        target = find(include.target, path)
        if target is None:
            close = nearest(include.target, available(path))
            self.found.append(
                Diagnostic(
                    "include-not-found",
                    include.span,
                    {"target": include.target},
                    "not found",
                    repair=f"write `{close}`" if close else "",
                )
            )
            return
        real = target.resolve()
        if real in self.open:
            trail = [*self.open[self.open.index(real) :], real]
            names = " includes ".join(each.name for each in trail)
            self.found.append(
                Diagnostic(
                    "include-cycle", include.span, {"target": target.name, "trail": names}, names
                )
            )
        elif real not in self.seen:
            self.add(target, include)


def _folders(path: Path) -> list[Path]:
    return [path.parent, path.parent / ".." / "worlds", SHIPPED]


def find(target: str, path: Path) -> Path | None:
    """The file that `target` names in the file `path`; None if there is none.

    Looked for beside that file, in the folder `worlds` next to its folder, among the shipped worlds; the ending `.world`
    may be left out, spaces stand for underscores, case does not count.
    """
    try:
        for folder in _folders(path):
            exact = folder / target
            if exact.is_file() and exact.suffix.lower() in (".world", ".story"):
                return exact
            inner = exact.parent
            if not inner.is_dir():
                continue
            wanted = _plain(exact.name)
            for each in sorted(inner.iterdir()):
                if each.suffix.lower() == ".world" and _plain(each.name) == wanted:
                    return each
    except (OSError, ValueError):
        return None
    return None


def available(path: Path) -> list[str]:
    """The names of all worlds that the file `path` could include."""
    names: list[str] = []
    for folder in _folders(path):
        try:
            names += sorted(each.stem.replace("_", " ") for each in folder.glob("*.world"))
        except OSError:
            continue
    return names


def _plain(name: str) -> str:
    """A file's name without what does not count."""
    return name.lower().removesuffix(".world").replace(" ", "_")
