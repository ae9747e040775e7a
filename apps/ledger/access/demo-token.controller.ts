import { BadRequestException, Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { DemoTokens } from './demo-tokens.ts';
import { POST_REF, type PostsAndPeople } from './identity.ts';
import { Takes } from '../pages/frame/forms.guard.ts';
import { DEMO_TOKENS, POSTS_AND_PEOPLE } from '../injected.ts';

/** `POST /demo/token {"post", "person"?}` → `{"token"}`. Mounted by the demo sign-in alone. */
@Controller('demo')
export class DemoTokenController {
  readonly #tokens: DemoTokens;
  readonly #ledger: PostsAndPeople;

  constructor(@Inject(DEMO_TOKENS) tokens: DemoTokens, @Inject(POSTS_AND_PEOPLE) ledger: PostsAndPeople) {
    this.#tokens = tokens;
    this.#ledger = ledger;
  }

  @Post('token')
  @Takes('json')
  @HttpCode(200)
  async token(@Body() body: unknown): Promise<{ token: string }> {
    const { post, person } = (typeof body === 'object' && body !== null ? body : {}) as {
      post?: unknown;
      person?: unknown;
    };
    if (typeof post !== 'string' || post.length > 64 || !POST_REF.test(post))
      throw bad('post', 'Name a post, such as "opcc-officer".');
    if (person !== undefined && (typeof person !== 'string' || person.trim() === '' || person.length > 256))
      throw bad('person', 'A person is a text of 1 to 256 characters.');
    if ((await this.#ledger.capacityOf(post)) === null) throw bad('post', `No post "${post}" can sign in here.`);
    return { token: await this.#tokens.issue(post, person) };
  }
}

function bad(field: string, message: string): BadRequestException {
  return new BadRequestException({ errors: [{ message, extensions: { code: 'INVALID', refusal: null, field } }] });
}
