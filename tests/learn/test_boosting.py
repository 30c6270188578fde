"""The mean of several models has the mean of their log-odds."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.learn.boosting import export, mean


def test_the_mean_of_models_predicts_the_mean_of_their_log_odds() -> None:
    dice = np.random.default_rng(4)
    x = dice.normal(size=(400, 3)).astype(np.float32)
    x[dice.random(x.shape) < 0.1] = np.nan
    y = np.nan_to_num(x[:, 0]) + dice.normal(size=400) > 0.2
    fitted = [
        HistGradientBoostingClassifier(max_iter=7 + number, max_leaf_nodes=5 + number, random_state=number).fit(x, y)
        for number in range(3)
    ]
    expected = np.mean([model.decision_function(x) for model in fitted], axis=0)
    found = mean([export(model, 3) for model in fitted]).probability(x)
    np.testing.assert_allclose(np.log(found / (1 - found)), expected, rtol=1e-3, atol=1e-4)
    assert np.ptp(expected) > 1
