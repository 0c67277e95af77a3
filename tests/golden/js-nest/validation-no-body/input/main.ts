import { Body, Controller, Module, Post, Query, Get, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsInt, IsOptional, IsString } from 'class-validator';

class CreateDto {
  @IsString()
  name: string;
}

class SearchDto {
  @IsOptional()
  @IsInt()
  limit: number = 10;
}

// Nothing is checked as an empty object: with a required field no body gets here.
@Controller('notes')
class NotesController {
  @Post()
  create(@Body() input: CreateDto) {
    return { name: input.name };
  }

  @Get()
  list(@Query() search: SearchDto) {
    return { limit: search.limit };
  }
}

@Module({ controllers: [NotesController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(new ValidationPipe({ transform: true }));
  await app.listen(3000);
}
bootstrap();
