"""What the PDF renderer needs of the machine: native libraries and fonts. Looks, never installs.

WeasyPrint loads Pango and its relatives by name, among them the names here. Without any font its renderer crashes, so
fonts are looked for first, through fontconfig.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked for. `needed`: without it there is no PDF; otherwise the PDF is worse."""

    name: str
    found: bool
    needed: bool
    matters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A native library: the stem and version of its file names, and what it is for."""

    name: str
    stem: str
    version: str
    needed: bool
    matters: str

    @property
    def files(self) -> tuple[str, ...]:
        """Its file names on Linux, macOS and Windows, then the bare stem that the system's own search takes."""
        return (
            f"lib{self.stem}.so.{self.version}",
            f"lib{self.stem}.{self.version}.dylib",
            f"lib{self.stem}-{self.version}.dll",
            self.stem,
        )


LIBRARIES: Final = (
    Library(name="Pango", stem="pango-1.0", version="0", needed=True, matters="lays out the text of PDF reports"),
    Library(name="PangoFT2", stem="pangoft2-1.0", version="0", needed=True, matters="gives Pango its fonts"),
    Library(name="GObject", stem="gobject-2.0", version="0", needed=True, matters="Pango rests on it"),
    Library(name="HarfBuzz", stem="harfbuzz", version="0", needed=True, matters="shapes letters into glyphs"),
    Library(name="Fontconfig", stem="fontconfig", version="1", needed=True, matters="finds fonts"),
    Library(
        name="HarfBuzz subset",
        stem="harfbuzz-subset",
        version="0",
        needed=False,
        matters="without it, PDFs with Chinese take three times as long and differ from run to run",
    ),
)
FONTS: Final = (
    ("any", "", True, "without any font the PDF renderer crashes"),
    ("Chinese", "zh-cn", False, "Chinese titles show as boxes"),
    ("Arabic", "ar", False, "Arabic titles show as boxes"),
)


def check() -> tuple[Check, ...]:
    """Everything that was looked for, libraries first."""
    libraries = tuple(
        Check(name=library.name, found=load(library.files) is not None, needed=library.needed, matters=library.matters)
        for library in LIBRARIES
    )
    fontconfig = load(next(library.files for library in LIBRARIES if library.name == "Fontconfig"))
    fonts = tuple(
        Check(
            name=f"Font: {name}",
            found=fontconfig is not None and fonts_for(fontconfig, code) > 0,
            needed=needed,
            matters=matters,
        )
        for name, code, needed, matters in FONTS
    )
    return libraries + fonts


def load(names: tuple[str, ...]) -> ctypes.CDLL | None:
    """The first library of these names that can be loaded, or None."""
    for name in names:
        found = name if name.startswith("lib") else ctypes.util.find_library(name)
        try:
            if found:
                return ctypes.CDLL(found)
        except OSError:
            continue
    return None


class _FontSet(ctypes.Structure):
    _fields_ = (("nfont", ctypes.c_int), ("sfont", ctypes.c_int), ("fonts", ctypes.c_void_p))


def fonts_for(fontconfig: ctypes.CDLL, language: str) -> int:
    """How many installed fonts cover a language (an RFC 3066 code of fontconfig's); all fonts for an empty code."""
    for function in ("FcPatternCreate", "FcObjectSetCreate", "FcFontList"):
        getattr(fontconfig, function).restype = ctypes.c_void_p
    fontconfig.FcPatternAddString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
    fontconfig.FcFontList.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    for function in ("FcFontSetDestroy", "FcObjectSetDestroy", "FcPatternDestroy"):
        getattr(fontconfig, function).argtypes = (ctypes.c_void_p,)
    pattern = fontconfig.FcPatternCreate()
    wanted = fontconfig.FcObjectSetCreate()
    if language:
        fontconfig.FcPatternAddString(pattern, b"lang", language.encode())
    found = fontconfig.FcFontList(None, pattern, wanted)
    number = int(ctypes.cast(found, ctypes.POINTER(_FontSet)).contents.nfont) if found else 0
    if found:
        fontconfig.FcFontSetDestroy(found)
    fontconfig.FcObjectSetDestroy(wanted)
    fontconfig.FcPatternDestroy(pattern)
    return number


def remedy(system: str | None = None) -> str:
    """The command that installs everything, on debian, fedora, macos or windows; on this system by default."""
    return REMEDIES[system or this_system()]


REMEDIES: Final = {
    "debian": "sudo apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "fonts-noto-core fonts-noto-cjk",
    "fedora": "sudo dnf install pango google-noto-sans-fonts google-noto-sans-cjk-fonts google-noto-naskh-arabic-fonts",
    "macos": "brew install pango && brew install --cask font-noto-sans font-noto-sans-cjk font-noto-naskh-arabic",
    "windows": (
        "winget install MSYS2.MSYS2, then in the MSYS2 shell: "
        "pacman -S mingw-w64-x86_64-pango mingw-w64-x86_64-noto-fonts mingw-w64-x86_64-noto-fonts-cjk; "
        r"then set WEASYPRINT_DLL_DIRECTORIES=C:\msys64\mingw64\bin"
    ),
}


def this_system() -> str:
    """Which of the systems of `REMEDIES` this is; an unknown Linux counts as Debian."""
    match platform.system():
        case "Darwin":
            return "macos"
        case "Windows":
            return "windows"
        case _:
            release = Path(os.environ.get("HRBA_OS_RELEASE", "/etc/os-release"))
            text = release.read_text(encoding="utf-8") if release.is_file() else ""
            return "fedora" if any(name in text for name in ("fedora", "rhel", "centos")) else "debian"
