export default eventHandler(() => "<xml/>");
