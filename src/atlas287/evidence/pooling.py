"""Putting comparable figures together, by random effects.

The estimator is the library's (statsmodels' ``combine_effects``): heterogeneity between studies
by the iterated estimator of Paule and Mandel, the interval by Hartung and Knapp, which does not
pretend to know that heterogeneity well when studies are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import EvidenceError
from .rows import Row

#: Fewer figures than this are shown side by side and not put together.
FEWEST = 3


def pool(rows: Sequence[Row]) -> dict[str, Any]:
    """The pooled figure of comparable rows that have a standard error each.

    Returns:
        ``estimate``, ``low``, ``high`` (95 %), ``standard_error``, ``between`` (standard deviation
        between studies, in the figures' unit), ``i2`` (share of variance between studies),
        ``studies`` (their names), ``method``.

    Raises:
        EvidenceError: too few rows, or statsmodels is not installed.
    """
    if len(rows) < FEWEST:
        raise EvidenceError(
            f"{len(rows)} figures are too few to pool", remedy=f"at least {FEWEST} are needed"
        )
    try:
        from statsmodels.stats.meta_analysis import combine_effects
    except ImportError as error:
        raise EvidenceError(
            "pooling needs statsmodels, which is not installed", remedy='pip install "atlas287[effects]"'
        ) from error
    import numpy as np
    from scipy.stats import t

    effects = np.array([float(row["estimate"]) for row in rows])
    variances = np.array([float(row["standard_error"]) ** 2 for row in rows])
    found = combine_effects(effects, variances, method_re="iterated", use_t=True)
    mean, spread = float(found.mean_effect_re), float(found.sd_eff_w_re_hksj)
    reach = float(t.ppf(0.975, len(rows) - 1)) * spread
    return {
        "estimate": mean,
        "low": mean - reach,
        "high": mean + reach,
        "standard_error": spread,
        "between": float(found.tau2) ** 0.5,
        "i2": max(0.0, float(found.i2)),
        "studies": [row["study"] for row in rows],
        "method": "random effects, Paule-Mandel, Hartung-Knapp interval (statsmodels)",
    }
