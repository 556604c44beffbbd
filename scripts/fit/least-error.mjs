/**
 * The unknowns of linear equations `factors · unknowns ≈ value` that make the errors, relative to each equation's `scale`,
 * least in sum: absolute errors, so that single equations that are wrong have little to say (iteratively reweighted least
 * squares). Each unknown is held near its `prior` by its `stiffness`: as many equations' worth of its being off by all.
 */
export function leastError(equations, prior, stiffness) {
  let unknowns = [...prior];
  for (let round = 0; round < ROUNDS; round++) {
    const weighted = equations.map(({ factors, value, scale }) => {
      const error = Math.abs(dot(factors, unknowns) - value) / scale;
      return { factors, value, weight: 1 / (scale * scale * Math.max(error, FINEST)) };
    });
    unknowns = solved(weighted, prior, stiffness);
  }
  return unknowns;
}

const ROUNDS = 60;
/** A relative error below which one equation is as good as another. */
const FINEST = 0.01;

/** Weighted least squares, by its normal equations. */
function solved(equations, prior, stiffness) {
  const size = prior.length;
  const rows = prior.map((value, i) => {
    const stiff = stiffness[i] / (value * value || 1);
    return prior.map((_, j) => (i === j ? stiff : 0)).concat(stiff * value);
  });
  for (const { factors, value, weight } of equations) {
    for (let i = 0; i < size; i++) {
      if (factors[i] === 0) continue;
      for (let j = 0; j < size; j++) rows[i][j] += weight * factors[i] * factors[j];
      rows[i][size] += weight * factors[i] * value;
    }
  }
  return gauss(rows);
}

/** The solution of linear equations, the last column being their right side. They are symmetric and positive. */
function gauss(rows) {
  const size = rows.length;
  for (let i = 0; i < size; i++) {
    for (let k = i + 1; k < size; k++) {
      const factor = rows[k][i] / rows[i][i];
      if (factor !== 0) for (let j = i; j <= size; j++) rows[k][j] -= factor * rows[i][j];
    }
  }
  const solution = new Array(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const known = rows[i].slice(i + 1, size).reduce((sum, factor, j) => sum + factor * solution[i + 1 + j], 0);
    solution[i] = (rows[i][size] - known) / rows[i][i];
  }
  return solution;
}

function dot(factors, values) {
  return factors.reduce((sum, factor, i) => sum + factor * values[i], 0);
}
