export const loader = () => new Response("<xml/>", { headers: { "Content-Type": "application/xml" } });
