"""lemminflect's dictionary: the tags a form may have, and the form of a lemma for a tag."""

from __future__ import annotations

from functools import cache


class Inflector:
    """Looks forms up, each once."""

    def __init__(self) -> None:
        from lemminflect import getAllInflections, getAllLemmas  # type: ignore[import-not-found]

        self.all_inflections = cache(getAllInflections)
        self.all_lemmas = cache(getAllLemmas)

    def readings(self, form: str) -> list[tuple[str, str, str]]:
        """The (lemma, part of speech, tag) readings of a form."""
        found = set()
        for pos, lemmas in self.all_lemmas(form).items():
            for lemma in lemmas:
                for tag, forms in self.all_inflections(lemma, upos=pos).items():
                    if form in forms:
                        found.add((lemma.lower(), pos, tag))
        return sorted(found)

    def forms(self, lemma: str, pos: str, tag: str) -> tuple[str, ...]:
        """The forms of `lemma` for a tag; empty where the dictionary has no such lemma."""
        return tuple(self.all_inflections(lemma, upos=pos).get(tag, ()))
