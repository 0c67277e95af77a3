async function* pages(fetchPage) {
  let page = await fetchPage(0);
  while (page) {
    const answer = yield page.items;
    yield* page.more;
    yield;
    page = await page.next(answer);
  }
}
