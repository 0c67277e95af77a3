import { PartialType } from "@nestjs/mapped-types";
import { Type } from "class-transformer";
import { ArrayMinSize, IsArray, IsEmail, IsEnum, IsInt, IsNotEmpty, IsOptional, IsString, Length, Max, Min, ValidateNested } from "class-validator";

export enum Kind {
  Gift = "gift",
  Own = "own",
}

export class Address {
  @IsString()
  @Length(1, 80)
  city: string;

  @IsOptional()
  @IsString()
  zip?: string;
}

export class Line {
  @IsNotEmpty()
  sku: string;

  @IsInt()
  @Min(1)
  @Max(99)
  count: number;
}

export class CreateOrder {
  @IsEmail()
  mail: string;

  @IsEnum(Kind)
  kind: Kind;

  @ValidateNested()
  @Type(() => Address)
  address: Address;

  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines: Line[];

  @IsOptional()
  @IsString()
  note?: string;

  @IsString({ each: true })
  tags: string[];
}

export class UpdateOrder extends PartialType(CreateOrder) {}

export class Search {
  @IsString()
  text: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  page?: number;
}
