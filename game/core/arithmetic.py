"""Arithmetic that gives the same bits on every processor.

Only + - * / sqrt, comparisons, integers and gathers; the few transcendental shapes that the
model needs are tables or rationals built here (decision 4). Everything is float32.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]


def constant(value: float, kind: Any = np.float32) -> Any:
    """A number as an array without axes: numpy meets these twice as fast as scalars."""
    out = np.array(value, kind)
    out.setflags(write=False)
    return out


ZERO: Floats = constant(0)
ONE: Floats = constant(1)

# From this many numbers on, time goes into numbers and no longer into calls.
_MANY = 1024
_BITS_OF_SIZE = {1: np.int8, 2: np.int16, 4: np.int32, 8: np.int64}
_ENDLESS, _LEAST = constant(np.inf), constant(-np.inf)
_KNOTS_PER_UNIT = 128
_LOGISTIC_REACH = 8


def _exp(x: float) -> float:
    """e**x for |x| <= 8 by Taylor series on x/64, then six squarings: exact in its operations."""
    y, term, total = x / 64.0, 1.0, 1.0
    for k in range(1, 14):
        term = term * y / k
        total = total + term
    for _ in range(6):
        total = total * total
    return total


def _logistic_table() -> Floats:
    reach = _LOGISTIC_REACH * _KNOTS_PER_UNIT
    knots = [1.0 / (1.0 + _exp(-i / _KNOTS_PER_UNIT)) for i in range(-reach, reach + 1)]
    return np.array(knots, dtype=np.float32)


_LOGISTIC = _logistic_table()
_CENTRE = np.float32(_LOGISTIC_REACH * _KNOTS_PER_UNIT + 0.5)
_SCALE = np.float32(_KNOTS_PER_UNIT)


def logistic(x: Floats | NDArray[np.float64]) -> Floats:
    """1 / (1 + e**-x), read from a table with 128 knots a unit and flat beyond +-8."""
    index = (x * _SCALE + _CENTRE).astype(np.int32)
    out: Floats = _LOGISTIC.take(index, mode="clip")
    return out


def log(x: Floats) -> Floats:
    """Natural logarithm for x in (0, 1], by exponent and an odd series on the mantissa."""
    mantissa, exponent = np.frexp(np.maximum(x, np.float32(1e-12)))
    # mantissa in [.5, 1): ln m = 2 atanh((m - s)/(m + s)) + ln s with s = sqrt(1/2)
    root = np.float32(0.70710678)
    z = (mantissa - root) / (mantissa + root)
    z2 = z * z
    series = z * (
        np.float32(2) + z2 * (np.float32(2 / 3) + z2 * (np.float32(0.4) + z2 * np.float32(2 / 7)))
    )
    out: Floats = series + (exponent.astype(np.float32) - np.float32(0.5)) * np.float32(0.69314718)
    return np.minimum(out, ZERO)  # at 1 the series ends a rounding error above it


def normal(uniforms: Floats) -> Floats:
    """A bounded, nearly normal draw (sd 1, within +-3.47) from four uniforms on axis 0."""
    total = uniforms[0] + uniforms[1] + uniforms[2] + uniforms[3]
    out: Floats = (total - np.float32(2)) * np.float32(1.7320508)
    return out


def mix(specific: float, diffuse: float, d: Floats) -> Floats:
    """Linear interpolation between the poles at diffuseness d."""
    out: Floats = np.float32(specific) + d * np.float32(diffuse - specific)
    return out


def clip01(x: Any) -> Floats:
    out: Floats
    if x.size < _MANY:
        out = np.minimum(np.maximum(x, ZERO), ONE)
    else:
        # four times as fast on many numbers, and slower on few; the sum makes -0 into 0
        out = x.clip(ZERO, ONE)
        out += ZERO
    return out


def positive(x: Floats) -> Floats:
    out: Floats
    if x.size < _MANY:
        out = np.maximum(x, ZERO)
    else:
        out = x.clip(ZERO, _ENDLESS)
        out += ZERO
    return out


def at_most(x: Floats, most: Floats) -> Floats:
    out: Floats = np.minimum(x, most) if x.size < _MANY else x.clip(_LEAST, most)
    return out


def either(mask: Bools, a: Any, b: Any) -> NDArray[Any]:
    """Elements of the array `a` where the mask is true, of `b` elsewhere, as `np.where`.

    That branches at each element, which on many costs most where the mask is irregular.
    """
    chosen: NDArray[Any]
    if mask.size < _MANY:
        chosen = np.where(mask, a, b)
        return chosen
    kind = np.result_type(a, b)
    bits = _BITS_OF_SIZE[kind.itemsize]
    other = b.astype(kind, copy=False).view(bits)
    out = a.astype(kind, copy=False).view(bits) ^ other
    out = out & np.negative(mask.view(np.int8)).astype(bits, copy=False)
    out ^= other
    chosen = out.view(kind)
    return chosen


def of_rows(table: NDArray[Any], at: Ints) -> NDArray[Any]:
    """Entries (n,) of a table (k,), or (k, n) where each row has its own; none lies beyond the
    last."""
    if table.ndim == 1:
        return table.take(at, mode="clip")
    out: NDArray[Any] = table[np.minimum(at, len(table) - 1), np.arange(at.size)]
    return out


def running_sums(x: Floats) -> Floats:
    """Sums along axis 0 up to each row; numpy's `accumulate` walks many columns one by one."""
    if x[0].size < _MANY:
        out: Floats = np.add.accumulate(x, axis=0)
        return out
    out = x.copy()
    for row in range(1, len(out)):
        out[row] += out[row - 1]
    return out


def any_of(x: NDArray[Any]) -> bool:
    """Whether any is true, or not 0; four times as fast as the array's own `any`."""
    return bool(np.count_nonzero(x))


def all_of(x: NDArray[Any]) -> bool:
    return bool(np.count_nonzero(x) == x.size)


def nothing(n: int, kind: Any = np.int8) -> Ints:
    """-1 in every row: no index."""
    return np.invert(np.zeros(n, kind))


def popcount_table(bits: int) -> Ints:
    """Number of set bits of every mask below 2**bits, as int8."""
    return np.array([i.bit_count() for i in range(1 << bits)], dtype=np.int8)
