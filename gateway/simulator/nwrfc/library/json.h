// JSON, as much as the wire needs: texts are UTF-16 at once, since that is what the interface hands out.
#pragma once
#include <utility>
#include <vector>
#include "text.h"

namespace standin {

struct Json {
  enum class Kind { null, boolean, number, text, list, object };
  Kind kind = Kind::null;
  Text text;  // of a text; a number's and a boolean's own spelling
  std::vector<Json> items;
  std::vector<std::pair<Text, Json>> members;

  const Json* find(std::u16string_view name) const;
  // Empty, or the fallback, where there is no such member.
  Text textAt(std::u16string_view name) const;
  long numberAt(std::u16string_view name, long fallback) const;
};

// Throws std::runtime_error for what is no JSON.
Json parseJson(std::string_view source);

// Appends a text with its quotes.
void writeQuoted(std::u16string_view text, std::string& out);

}  // namespace standin
