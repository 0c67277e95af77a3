// Rules of which a part is not known when the program starts (an enumeration of a package, a pattern) say less, not nothing; a class as type
// of the body asks for no more than the validator that ran; what a base class leaves optional stays so.
import { Body, Controller, Module, Post, Put, ValidationPipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { IsEnum, IsOptional, IsString, Matches, Min } from "class-validator";
import { Role } from "@prisma/client";
import { LIMIT } from "some-package";

class Create {
  @IsString() name: string;
  @Matches(/^[a-z]+$/) slug: string;
  @Matches(/^[a-z]+$/i) title: string;
  @IsEnum(Role) role: Role;
  @IsEnum(Role, { each: true }) @IsOptional() roles: Role[];
  @Min(LIMIT) count: number = 1;
}

class Update extends Create {
  @IsString() declare name: string;
  @IsEnum(Role, { each: true }) declare roles: Role[];
  @IsString() note: string;
}

class Service {
  save(data: Update) {
    return { id: 1, name: data.name };
  }
}

@Controller("users")
class UsersController {
  constructor(private readonly service: Service) {}

  @Post()
  create(@Body() body: Create) {
    return { id: 1 };
  }

  @Put()
  update(@Body() body: Update) {
    return this.service.save(body);
  }
}

@Module({ controllers: [UsersController], providers: [Service] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(new ValidationPipe());
  await app.listen(3000);
}
bootstrap();
