import { applyDecorators, CanActivate, Controller, createParamDecorator, Delete, ExecutionContext, Get, Injectable, MiddlewareConsumer, Module, NestMiddleware, NestModule, Param, RequestMethod, SetMetadata, UnauthorizedException, UseGuards } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { AuthGuard } from "@nestjs/passport";
import { NextFunction, Request, Response } from "express";

@Injectable()
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest();
    if (request.headers["x-key"] !== "secret") throw new UnauthorizedException("key");
    return true;
  }
}

@Injectable()
class JwtGuard extends AuthGuard("jwt") {}

const Admin = () => applyDecorators(SetMetadata("role", "admin"), UseGuards(JwtGuard));

const Tenant = createParamDecorator((name: string, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest();
  return request.headers["x-tenant"];
});

@Injectable()
class Checks implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction) {
    if (!request.query.token) return response.status(400).json({ error: "token" });
    next();
  }
}

@Controller("rooms")
@UseGuards(KeyGuard)
class RoomsController {
  @Get(":id")
  one(@Param("id") id: string, @Tenant() tenant: string) {
    return { id, tenant };
  }

  @Admin()
  @Delete(":id")
  remove(@Param("id") id: string) {
    return { id };
  }
}

@Controller("open")
class OpenController {
  @Get()
  open() {
    return { open: true };
  }

  @Get("checked")
  checked() {
    return { checked: true };
  }
}

@Module({ controllers: [RoomsController, OpenController] })
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(Checks).forRoutes({ path: "open/checked", method: RequestMethod.GET });
  }
}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}
bootstrap();
