import { type Session, signIn } from '../cloud.ts'
import { alert, field, h } from '../dom.ts'

/** The form by which a user signs in. */
export function signInView(done: (session: Session) => void): HTMLElement {
  const user = h('input', { name: 'user', autocomplete: 'username', required: true, value: 'demo' })
  const password = h('input', {
    ...{ name: 'password', type: 'password', autocomplete: 'current-password', required: true },
  })
  const project = h('input', { name: 'project', required: true, value: 'demo' })
  const button = h('button', { class: 'primary' }, 'Sign in')
  const trouble = h('div')
  const enter = async (): Promise<void> => {
    button.disabled = true
    trouble.replaceChildren()
    try {
      done(await signIn(user.value, password.value, project.value))
    } catch (error) {
      trouble.replaceChildren(alert(error))
      button.disabled = false
    }
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    void enter()
  }
  return h(
    'form',
    { class: 'card sign-in', 'aria-label': 'Sign in', submit },
    h('h1', {}, 'Sign in'),
    trouble,
    field('User', user),
    field('Password', password),
    field('Project', project),
    button,
  )
}
