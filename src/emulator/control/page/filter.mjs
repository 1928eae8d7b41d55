/** Forms that say which rows a list shows. */

/** Looks again as soon as a field changes; there is nothing to send. */
export function wireFilter(form, look) {
  form.addEventListener('input', look);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields are empty only after the event.
  form.addEventListener('reset', () => setTimeout(look));
}
