import { NestFactory } from '@nestjs/core';
import { writeFileSync } from 'fs';
import { AppModule } from './main';
async function document() { const app = await NestFactory.create(AppModule); app.setGlobalPrefix('docs'); writeFileSync('openapi.json', '{}'); await app.close(); }
document();
