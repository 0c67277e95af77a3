int bom = 1;
int crlf(void)
{
  return bom;
}
