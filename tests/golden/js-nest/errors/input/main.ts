import { ArgumentsHost, BadRequestException, Catch, ConflictException, Controller, ExceptionFilter, Get, HttpException, HttpStatus, Module, NotFoundException, Param, UseFilters } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

class QuotaException extends HttpException {
  constructor(name: string) {
    super(`quota of ${name}`, HttpStatus.TOO_MANY_REQUESTS);
  }
}

class NoSuchRow extends NotFoundException {}

@Catch(HttpException)
class Shaped implements ExceptionFilter {
  catch(exception: HttpException, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse();
    response.status(418).json({ problem: exception.message });
  }
}

@Controller("rows")
class RowsController {
  @Get(":id")
  one(@Param("id") id: string) {
    if (id === "0") throw new NoSuchRow(id);
    if (id === "1") throw new ConflictException("taken");
    if (id === "2") throw new QuotaException(id);
    if (id === "3") throw new HttpException({ error: "gone" }, 410);
    return { id };
  }
}

@Controller("shaped")
@UseFilters(Shaped)
class ShapedController {
  @Get(":id")
  one(@Param("id") id: string) {
    if (id === "0") throw new BadRequestException();
    return { id };
  }
}

@Module({ controllers: [RowsController, ShapedController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}
bootstrap();
