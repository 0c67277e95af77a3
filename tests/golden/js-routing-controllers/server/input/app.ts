import { createExpressServer, Controller, Get, JsonController, Middleware, Param, Post, Req, Res, UseBefore, ExpressErrorMiddlewareInterface, BadRequestError } from "routing-controllers";

class Listed {
  use(request: any, response: any, next: (err?: any) => any) {
    if (!request.query.key) throw new BadRequestError("key is required");
    next();
  }
}

@Middleware({ type: "after" })
class Failed implements ExpressErrorMiddlewareInterface {
  error(error: any, request: any, response: any, next: any) {
    response.status(error.httpCode || 500).json({ problem: error.message });
  }
}

@Controller("/pages")
class PageController {
  @Get("/")
  all() {
    return "<p>pages</p>";
  }

  @UseBefore(Listed)
  @Get("/listed")
  listed(@Req() request: any) {
    return "page " + request.query.key;
  }
}

@JsonController()
class RawController {
  @Post("/raw")
  raw(@Req() request: any, @Res() response: any) {
    return response.status(202).json({ size: request.body.text.length });
  }
}

@JsonController("/unlisted")
class Unlisted {
  @Get()
  all() {
    return [];
  }
}

createExpressServer({ controllers: [PageController, RawController], middlewares: [Failed], defaultErrorHandler: false }).listen(3000);
