export const GET = () => new Response("about");
