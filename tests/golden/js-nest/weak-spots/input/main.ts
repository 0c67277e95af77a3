import { Body, Controller, Get, Injectable, Module, NotFoundException, Param, Post, ValidationPipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { IsString } from "class-validator";

class Note {
  @IsString()
  text: string;
}

@Injectable()
class NotesService {
  private readonly notes = [{ id: "1", text: "one" }];

  find(id: string) {
    return this.notes.find((note) => note.id === id);
  }
}

@Controller("notes")
class NotesController {
  constructor(private readonly service: NotesService) {}

  @Get(":id")
  one(@Param("id") id: string) {
    const note = this.service.find(id);
    return { text: note.text };
  }

  @Get(":id/checked")
  checked(@Param("id") id: string) {
    const note = this.service.find(id);
    if (!note) throw new NotFoundException("no such note");
    return { text: note.text };
  }

  @Post()
  create(@Body(new ValidationPipe()) note: Note) {
    return { length: note.text.trim().length };
  }

  @Post("open")
  open(@Body() note: Note) {
    return { length: note.text.trim().length };
  }
}

@Module({ controllers: [NotesController], providers: [NotesService] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}
bootstrap();
