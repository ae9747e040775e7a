/*
 * Looks records up while somebody types. Without this script the box takes a reference, or words that are looked up by a button beside it;
 * with it the button is not needed. What is chosen stands in the box as it would be typed: its name, and its reference in brackets.
 */
/* global AbortController, clearTimeout, CSS, document, fetch, setTimeout, URLSearchParams, window */
(() => {
  const WAIT_MS = 200;

  /** A choice is words that somebody wrote: never markup. The component puts what it is given into the page as it is. */
  const asWords = (text) => {
    const holder = document.createElement('span');
    holder.textContent = text ?? '';
    return holder.innerHTML;
  };

  const lookUpAt = (address, looking) => {
    let waiting;
    let asking = new AbortController();
    return (query, populate) => {
      clearTimeout(waiting);
      asking.abort();
      asking = new AbortController();
      looking.now = true;
      const { signal } = asking;
      waiting = setTimeout(async () => {
        try {
          const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { signal });
          const found = answer.ok ? await answer.json() : [];
          looking.now = false;
          populate(found);
        } catch {
          if (signal.aborted) return;
          looking.now = false;
          populate([]);
        }
      }, WAIT_MS);
    };
  };

  for (const box of document.querySelectorAll('input[data-choices]')) {
    const { id, name, value } = box;
    const looking = { now: false };
    const holder = document.createElement('div');
    holder.className = 'govuk-!-margin-bottom-6';
    box.replaceWith(holder);
    document.querySelector(`[data-look-up="${CSS.escape(id)}"]`)?.remove();
    window.accessibleAutocomplete({
      element: holder,
      id,
      name,
      defaultValue: value,
      source: lookUpAt(box.dataset.choices, looking),
      minLength: 2,
      // What was typed and not chosen stays as it is: it may be a reference.
      confirmOnBlur: false,
      displayMenu: 'overlay',
      templates: { inputValue: (text) => text ?? '', suggestion: asWords },
      tNoResults: () => (looking.now ? 'Looking…' : 'Nothing that you may see is found'),
      tStatusQueryTooShort: (least) => `Type ${least} or more letters to look it up`,
    });
  }
})();
