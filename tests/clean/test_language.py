"""The language is guessed from function words or script, or said to be unclear."""

from __future__ import annotations

import pytest

from pipeline.clean.language import declared, guess

TEXTS = {
    "en": "The pain of a kidney stone comes in waves and it can make you sick, but most stones pass on their own.",
    "de": "Der Schmerz kommt in Wellen und ist nicht gefährlich, aber man sollte sich bei Fieber an einen Arzt wenden.",
    "es": "El dolor de los cálculos viene en oleadas y no es peligroso, pero si hay fiebre hay que ir al médico.",
    "fr": "La douleur vient par vagues et elle n'est pas dangereuse, mais il faut voir un médecin en cas de fièvre.",
    "ru": "Боль приходит волнами и обычно проходит сама, но при температуре нужно обратиться к врачу без промедления.",
    "und": "Home | About | Contact | Knee | Hip | Shoulder | Back | Neck | Foot | Ankle | Hand | Wrist | Elbow",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_guess(language: str, text: str) -> None:
    """A sentence is enough; a menu is not."""
    assert guess(text) == language


def test_declared() -> None:
    """A lang attribute gives its primary language; nonsense gives none."""
    assert [declared(tag) for tag in ("en-GB", "pt_BR", "", "english!", "x")] == ["en", "pt", None, None, None]
