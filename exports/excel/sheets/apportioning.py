"""Parts of a whole that sum to it, as one formula."""

from __future__ import annotations


def largest_remainder(total: str, weights: str, weight: str) -> str:
    """The part of `total` that falls to `weight` of the column `weights`, in cents; ties go to the upper row.

    The rounding to six places takes away the noise of binary fractions, so that equal remainders are equal.
    """
    exact, all_exact = (f"ROUND({total}*100*{part}/SUM({weights}),6)" for part in (weight, weights))
    rest, rests = (f"ROUND({part}-INT({part}),6)" for part in (exact, all_exact))
    ahead = f"SUMPRODUCT(({rests}>{rest})+({rests}={rest})*(ROW({weights})<ROW({weight})))"
    missing = f"ROUND({total}*100-SUMPRODUCT(INT({all_exact})),0)"
    return f"IF(SUM({weights})=0,0,(INT({exact})+IF({ahead}<{missing},1,0))/100)"
