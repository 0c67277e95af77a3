import { NestFactory } from '@nestjs/core';
import { Module, Controller, Post, Body, Query, Get } from '@nestjs/common';
import { ZodValidationPipe, createZodDto } from 'nestjs-zod';
import { APP_PIPE } from '@nestjs/core';
import { z } from 'zod';
// nestjs-zod: a pipe of a schema, a class of a schema for the global pipe; a script that makes the same application for its document adds nothing.
const createSchema = z.object({ name: z.string().min(1), size: z.number().optional() });
const pipe = new ZodValidationPipe(createSchema);
type Create = z.infer<typeof createSchema>;
class OtherDto extends createZodDto(z.object({ color: z.string() })) {}
@Controller('things')
class ThingController {
  @Post() create(@Body(pipe) body: Create) { return { name: body.name }; }
  @Post('other') other(@Body() body: OtherDto) { return { ok: true }; }
  @Get() list(@Query(pipe) q: Create) { return []; }
}
@Module({ controllers: [ThingController], providers: [{ provide: APP_PIPE, useClass: ZodValidationPipe }] })
export class AppModule {}
async function bootstrap() { const app = await NestFactory.create(AppModule); await app.listen(3000); }
bootstrap();
