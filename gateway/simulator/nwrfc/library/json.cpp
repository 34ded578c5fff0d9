#include "json.h"
#include <stdexcept>

namespace standin {

const Json* Json::find(std::u16string_view name) const {
  for (const auto& member : members)
    if (member.first == name) return &member.second;
  return nullptr;
}

Text Json::textAt(std::u16string_view name) const {
  const Json* found = find(name);
  return found == nullptr || found->kind == Kind::null ? Text() : found->text;
}

long Json::numberAt(std::u16string_view name, long fallback) const {
  const Json* found = find(name);
  return found == nullptr || found->kind != Kind::number ? fallback : std::stol(toUtf8(found->text));
}

namespace {

// No answer of the simulated SAP is deeper: table, row, nested table and so on.
constexpr int maxDepth = 32;

class Parser {
 public:
  explicit Parser(std::string_view source) : source_(source) {}

  Json parse() {
    Json value = readValue(0);
    skipBlanks();
    if (at_ != source_.size()) fail();
    return value;
  }

 private:
  [[noreturn]] void fail() const { throw std::runtime_error("the answer is no JSON at byte " + std::to_string(at_)); }

  char peek() const {
    if (at_ >= source_.size()) fail();
    return source_[at_];
  }

  void skipBlanks() {
    at_ = std::min(source_.find_first_not_of(" \n\t\r", at_), source_.size());
  }

  void expect(char wanted) {
    if (peek() != wanted) fail();
    at_++;
  }

  // True when another element follows; the list or object is over otherwise.
  bool hasNext(bool isFirst, char end) {
    skipBlanks();
    if (peek() == end) {
      at_++;
      return false;
    }
    if (!isFirst) expect(',');
    skipBlanks();
    return true;
  }

  Json readValue(int depth) {
    if (depth > maxDepth) fail();
    skipBlanks();
    Json value;
    if (peek() == '"') {
      value.kind = Json::Kind::text;
      value.text = readText();
    } else if (peek() == '[') {
      readList(value, depth);
    } else if (peek() == '{') {
      readObject(value, depth);
    } else {
      readWord(value);
    }
    return value;
  }

  void readList(Json& list, int depth) {
    list.kind = Json::Kind::list;
    at_++;
    while (hasNext(list.items.empty(), ']')) list.items.push_back(readValue(depth + 1));
  }

  void readObject(Json& object, int depth) {
    object.kind = Json::Kind::object;
    at_++;
    while (hasNext(object.members.empty(), '}')) {
      Text name = readText();
      skipBlanks();
      expect(':');
      object.members.emplace_back(std::move(name), readValue(depth + 1));
    }
  }

  // Numbers keep their spelling; the words are true, false and null.
  void readWord(Json& value) {
    const size_t from = at_;
    at_ = std::min(source_.find_first_of(",]} \n\t\r", at_), source_.size());
    const std::string_view word = source_.substr(from, at_ - from);
    value.text = fromUtf8(word);
    if (word == "true" || word == "false") value.kind = Json::Kind::boolean;
    else if (word == "null") value.kind = Json::Kind::null;
    else if (!word.empty() && word.find_first_not_of("0123456789+-.eE") == word.npos) value.kind = Json::Kind::number;
    else fail();
  }

  Text readText() {
    expect('"');
    Text out;
    for (;;) {
      const size_t from = at_;
      while (peek() != '"' && peek() != '\\') at_++;
      if (at_ > from) out += fromUtf8(source_.substr(from, at_ - from));
      if (source_[at_++] == '"') return out;
      out += readEscape();
    }
  }

  Unit readEscape() {
    const char letter = peek();
    at_++;
    switch (letter) {
      case 'n': return u'\n';
      case 't': return u'\t';
      case 'r': return u'\r';
      case 'b': return u'\b';
      case 'f': return u'\f';
      case 'u': break;
      default: return static_cast<Unit>(letter);
    }
    if (at_ + 4 > source_.size()) fail();
    const unsigned long unit = std::stoul(std::string(source_.substr(at_, 4)), nullptr, 16);
    at_ += 4;
    return static_cast<Unit>(unit);
  }

  std::string_view source_;
  size_t at_ = 0;
};

}  // namespace

Json parseJson(std::string_view source) { return Parser(source).parse(); }

namespace {

void writeEscaped(Unit unit, std::string& out) {
  static const char* const hex = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += hex[unit >> shift & 15];
}

bool isPlain(Unit unit) { return unit >= 0x20 && unit < 0x80 && unit != u'"' && unit != u'\\'; }

}  // namespace

void writeQuoted(std::u16string_view text, std::string& out) {
  out += '"';
  for (size_t at = 0; at < text.size(); at++) {
    if (isPlain(text[at])) {
      out += static_cast<char>(text[at]);
    } else if (isPairAt(text, at)) {
      out += toUtf8(text.substr(at++, 2));
    } else if (text[at] < 0x80 || isHalfPair(text[at])) {
      writeEscaped(text[at], out);
    } else {
      out += toUtf8(text.substr(at, 1));
    }
  }
  out += '"';
}

}  // namespace standin
