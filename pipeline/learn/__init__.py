"""Learn: the gold corpus, the scoreboard, and what builds lexicons and models. Beside the flow, never in it."""
