import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Cat } from './cat';

export class CreateCatDto {
  @IsString()
  @Length(1, 20)
  readonly name!: string;
  @IsOptional() age?: number;
  tags: string[] = [];
}

@Controller('cats')
export class CatsController {
  constructor(private readonly cats: CatsService, @Inject('LOG') log?: Logger) {}

  @Get(':id')
  async findOne(@Param('id', new ParseIntPipe()) id: number): Promise<Cat | undefined> {
    return this.cats.findOne(id)!;
  }

  @Post()
  create(@Body() { name, ...rest }: CreateCatDto, @Query('dry') dry = false): Record<string, unknown> {
    return { name: name as string, rest, dry } satisfies object;
  }
}
