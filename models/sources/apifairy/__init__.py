from apifairy.decorators import arguments, authenticate, body, other_responses, response, webhook
