/** `${name}` in every text of a value, at any depth, by the variables of a run. */
export function fill(value, variables) {
  const text = JSON.stringify(value).replace(/\$\{(\w+)\}/g, (_match, name) => {
    if (!(name in variables)) throw new Error(`there is no value for \${${name}}`);
    return JSON.stringify(variables[name]).slice(1, -1);
  });
  return JSON.parse(text);
}
