// The second library: string functions of C for UTF-16.
#include <cstdarg>
#include <cstdio>
#include <string>

using Unit = char16_t;

extern "C" {

size_t strlenU16(const Unit* text) { return std::char_traits<Unit>::length(text); }

Unit* strncpyU16(Unit* target, const Unit* source, size_t size) {
  size_t at = 0;
  for (; at < size && source[at] != 0; at++) target[at] = source[at];
  for (; at < size; at++) target[at] = 0;
  return target;
}

Unit* strcpyU16(Unit* target, const Unit* source) {
  std::char_traits<Unit>::copy(target, source, strlenU16(source) + 1);
  return target;
}

int strcmpU16(const Unit* left, const Unit* right) {
  while (*left != 0 && *left == *right) left++, right++;
  return static_cast<int>(*left) - static_cast<int>(*right);
}

// The addon logs ready texts only, so there is nothing to format; what is not ASCII shows as a question mark.
int fprintfU16(FILE* file, const Unit* text, ...) {
  int count = 0;
  for (; *text != 0; text++, count++) fputc(*text < 0x80 ? static_cast<char>(*text) : '?', file);
  return count;
}

}  // extern "C"
