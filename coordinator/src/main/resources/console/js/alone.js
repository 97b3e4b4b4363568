// Values of a chart that no line shows, since a line goes from a value to the next.

/** The indices of the values that have none beside them. */
export function alone(values) {
  return values.flatMap((value, i) => (isValue(value) && !isValue(values[i - 1]) && !isValue(values[i + 1]) ? [i] : []));
}

function isValue(value) {
  return value !== undefined && value !== null;
}
