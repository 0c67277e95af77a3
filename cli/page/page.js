// Filters and the theme. The page is complete without it.
(() => {
  const find = document.getElementById('find');
  const levels = [...document.querySelectorAll('input[data-level]')];
  const verdicts = document.getElementById('verdict');
  const said = document.getElementById('shown');
  const faults = [...document.querySelectorAll('.fault')];
  const rows = [...document.querySelectorAll('tr[data-verdict], tr[data-answer]')];
  const show = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (element) => { const text = element.textContent.toLowerCase(); return words.every((word) => text.includes(word)); };
    const chosen = new Set(levels.filter((box) => box.checked).map((box) => box.dataset.level));
    let count = 0;
    for (const fault of faults) {
      fault.hidden = !chosen.has(fault.dataset.level) || !has(fault);
      count += !fault.hidden;
    }
    for (const row of rows) row.hidden = !has(row) || (verdicts.value !== '' && row.dataset.verdict !== undefined && row.dataset.verdict !== verdicts.value);
    said.textContent = `${count} of ${faults.length} faults`;
  };
  find.addEventListener('input', show);
  verdicts.addEventListener('change', show);
  for (const box of levels) box.addEventListener('change', show);
  document.getElementById('all').addEventListener('click', () => {
    const open = faults.some((fault) => !fault.hidden && !fault.open);
    for (const fault of faults) fault.open = open;
  });
  document.getElementById('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = isDark ? 'light' : 'dark';
  });
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = 'copied';
    });
  }
  const opened = () => { const target = document.getElementById(location.hash.slice(1)); if (target && target.tagName === 'DETAILS') target.open = true; };
  addEventListener('hashchange', opened);
  opened();
  document.querySelector('.bar').hidden = false;
  show();
})();
