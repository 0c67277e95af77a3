// A filter that answers with the status of the exception, and a guard that says no.
import { ArgumentsHost, Body, CanActivate, Catch, ConflictException, Controller, ExceptionFilter, ExecutionContext, Get, HttpException, Injectable, Module, NotFoundException, Param, Post, UseGuards } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
@Injectable()
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest();
    const key = request.headers["x-api-key"];
    if (!key) return false;
    return key === process.env.MASTER;
  }
}
@Catch(HttpException)
class Filter implements ExceptionFilter {
  catch(exception: HttpException, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse();
    const status = exception.getStatus();
    response.status(status).json({ problem: exception.message, status });
  }
}
@Controller("a") class A { @Get(":id") @UseGuards(KeyGuard) one(@Param("id") id: string) { if (id === "0") throw new NotFoundException(); return { id: 1 }; } 
@Post() two(@Body() b: any) { if (b.name === "x") throw new ConflictException(); if (b.name === "y") throw new HttpException("no", 422); return {}; } }
@Module({ controllers: [A] }) class M {}
async function run() { const app = await NestFactory.create(M); app.useGlobalFilters(new Filter()); await app.listen(3000); }
run();
